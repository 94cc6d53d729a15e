package maturity

import "iter"

// A Model says what is asked, and how answers become scores and levels. It is plain data: read one with
// Parse, or write one as a Go value, and hand it to Compile.
//
// A Model is a group, the root of its tree, with a header.
type Model struct {
	Schema  string `json:"$schema,omitempty"` // address of a JSON Schema, for editors; not part of the digest
	Version string `json:"version"`           // semantic version

	Language string   `json:"language,omitempty"` // BCP 47 tag of the texts without a tag
	License  string   `json:"license,omitempty"`
	Source   string   `json:"source,omitempty"`
	Authors  []string `json:"authors,omitempty"`

	Deprecated Text              `json:"deprecated,omitempty"` // why, and what to use instead
	Replaces   map[string]string `json:"replaces,omitempty"`   // from ids (or "question/answer") of earlier versions to today's

	OptionSets map[string][]*Option `json:"optionSets,omitempty"` // shared by choices and checklists
	Ladders    map[string][]*Level  `json:"ladders,omitempty"`    // shared by groups

	Node

	Views []*Node `json:"views,omitempty"` // roots of further trees over the same questions
}

// Nodes visits every node and reference of the model with its JSON Pointer, in document order: the root
// first, views last.
func (m *Model) Nodes() iter.Seq2[string, *Node] {
	return func(yield func(string, *Node) bool) {
		if !m.Node.visit("", yield) {
			return
		}
		for i, view := range m.Views {
			if !view.visit(pointerIndex("/views", i), yield) {
				return
			}
		}
	}
}

func (n *Node) visit(path string, yield func(string, *Node) bool) bool {
	if n == nil {
		return true
	}
	if !yield(path, n) {
		return false
	}
	for i, child := range n.Children {
		if !child.visit(pointerIndex(pointer(path, "children"), i), yield) {
			return false
		}
	}
	return true
}

// A Node is a group (it has Children), a question (it has Answer) or a reference (it has Ref).
type Node struct {
	ID          string            `json:"id,omitempty"` // unique in the model; a reference has none
	Title       Text              `json:"title,omitempty"`
	Description Text              `json:"description,omitempty"`
	Tags        map[string]string `json:"tags,omitempty"`

	Weight        Decimal    `json:"weight,omitempty"`        // default 1, not negative; 0 never counts
	Stage         int        `json:"stage,omitempty"`         // from 1, under a staged parent
	When          *Condition `json:"when,omitempty"`          // where it is false, the node is hidden
	Missing       Policy     `json:"missing,omitempty"`       // default: the parent's; the root's default is exclude
	NotApplicable Policy     `json:"notApplicable,omitempty"` // default: the parent's; the root's default is exclude
	Advice        []Text     `json:"advice,omitempty"`        // what to do next; in JSON one text or a list
	Effort        Decimal    `json:"effort,omitempty"`        // cost of raising this question by one option; default 1

	// A group.
	Children   []*Node      `json:"children,omitempty"`
	Read       Reading      `json:"read,omitempty"`       // what the group reads from its children; default value
	Aggregate  Aggregate    `json:"aggregate,omitempty"`  // default mean
	Base       Decimal      `json:"base,omitempty"`       // sum: what it starts from; default 0
	Met        *Condition   `json:"met,omitempty"`        // share, staged: when a child is met; default ratio at least 1
	Need       Decimal      `json:"need,omitempty"`       // staged: share of a stage's weight that must be met; default 1
	EmptyStage StageRule    `json:"emptyStage,omitempty"` // staged: a stage with no counting child; default pass
	Adjust     []Adjustment `json:"adjust,omitempty"`     // in order, after the aggregate
	Scale      *Scale       `json:"scale,omitempty"`      // maps the ratio onto a new range
	Round      *Rounding    `json:"round,omitempty"`      // default: nothing is rounded
	Display    *Display     `json:"display,omitempty"`    // how a value is shown; default: the parent's
	Levels     Ladder       `json:"levels,omitzero"`

	// A question.
	Answer *Answer `json:"answer,omitempty"`

	// A reference.
	Ref    string             `json:"ref,omitempty"`    // id of the node whose outcome is read here
	Points map[string]Decimal `json:"points,omitempty"` // for a choice: option value to points, in this place

	adviceAlone bool // in JSON the advice was one text, not a list
}

// A Policy says what a child without a value counts as at its parent.
type Policy string

// The policies of missing and notApplicable.
const (
	Exclude Policy = "exclude" // leaves the aggregate
	Lowest  Policy = "lowest"  // counts as the child's lowest value
	Highest Policy = "highest" // counts as the child's highest value
	None    Policy = "none"    // the parent has no value
	Fail    Policy = "error"   // missing only: scoring fails and names every such question
	Forbid  Policy = "forbid"  // notApplicable only: saying so is an error
)

// A Reading is what a group reads from its children.
type Reading string

// The readings.
const (
	ReadValue Reading = "value"
	ReadRatio Reading = "ratio" // (value − min) / (max − min), from 0 to 1
)

// An Aggregate makes one value of many.
type Aggregate string

// The aggregates.
const (
	Mean      Aggregate = "mean"      // Σ w·x / Σ w
	Sum       Aggregate = "sum"       // base + Σ w·x
	Min       Aggregate = "min"       // the lowest
	Max       Aggregate = "max"       // the highest
	Median    Aggregate = "median"    // the middle, or the mean of the middle two
	Product   Aggregate = "product"   // Π x
	Geometric Aggregate = "geometric" // (Π x^w)^(1/Σ w)
	Share     Aggregate = "share"     // Σ w of the children met / Σ w
	Staged    Aggregate = "staged"    // the highest stage reached, or 0
)

var aggregates = [...]Aggregate{Mean, Sum, Min, Max, Median, Product, Geometric, Share, Staged}

// A StageRule says what a stage without a counting child does.
type StageRule string

// The stage rules.
const (
	PassStage StageRule = "pass"
	FailStage StageRule = "fail"
)

// A Comparison holds when all that is given holds.
type Comparison struct {
	AtLeast  Decimal `json:"atLeast,omitempty"`
	MoreThan Decimal `json:"moreThan,omitempty"`
	AtMost   Decimal `json:"atMost,omitempty"`
	LessThan Decimal `json:"lessThan,omitempty"`
	Equals   Decimal `json:"equals,omitempty"`
}

// A LevelTest holds when a node has reached a level of its ladder.
type LevelTest struct {
	AtLeast string `json:"atLeast"` // id of a level
}

// A Condition is one of: all, any, not; a test of a question's answer; or a test of a node's outcome. In
// Adjust a test of neither a question nor a node is about the value so far, and in Met about the child.
type Condition struct {
	All []*Condition `json:"all,omitempty"`
	Any []*Condition `json:"any,omitempty"`
	Not *Condition   `json:"not,omitempty"`

	Question string `json:"question,omitempty"` // id of a question
	Is       any    `json:"is,omitempty"`       // an answer: string, bool, or a number
	In       []any  `json:"in,omitempty"`       // answers, one of which is given
	Includes string `json:"includes,omitempty"` // an option of a checklist
	Answered *bool  `json:"answered,omitempty"`

	Node         string      `json:"node,omitempty"` // id of a node
	Value        *Comparison `json:"value,omitempty"`
	Ratio        *Comparison `json:"ratio,omitempty"`
	Completeness *Comparison `json:"completeness,omitempty"`
	Level        *LevelTest  `json:"level,omitempty"`
}

// An Adjustment changes the value of a group. Exactly one of the actions is given.
type Adjustment struct {
	When     *Condition `json:"when,omitempty"` // default: always
	Set      Decimal    `json:"set,omitempty"`  // "null" takes the value away
	Add      Decimal    `json:"add,omitempty"`
	Multiply Decimal    `json:"multiply,omitempty"`
	AtMost   Decimal    `json:"atMost,omitempty"`
	AtLeast  Decimal    `json:"atLeast,omitempty"`
}

// NoValue as an Adjustment's Set takes the value away; in JSON it is null.
const NoValue Decimal = "null"

// A Scale maps the ratio of a group onto a new range; Min above Max runs downwards.
type Scale struct {
	Min Decimal `json:"min"`
	Max Decimal `json:"max"`
}

// A Rounding rounds a value, and the ends of its range, to Digits after the point, from 0 to 9.
type Rounding struct {
	Digits int          `json:"digits"`
	Mode   RoundingMode `json:"mode,omitempty"` // default half-up
}

// A RoundingMode says where a number between two goes.
type RoundingMode string

// The rounding modes.
const (
	HalfUp   RoundingMode = "half-up"   // to the nearest; ties toward +∞
	HalfAway RoundingMode = "half-away" // to the nearest; ties away from 0
	HalfEven RoundingMode = "half-even" // to the nearest; ties to the even digit
	Floor    RoundingMode = "floor"     // toward −∞
	Ceiling  RoundingMode = "ceiling"   // toward +∞
	Truncate RoundingMode = "truncate"  // toward 0
)

// A Display says how a value is shown: with Digits after the point, from 0 to 9, rounded half-up.
type Display struct {
	Digits int `json:"digits"`
}

// A Ladder is a list of levels, lowest first, in place or by name. In JSON it is an array or a string.
type Ladder struct {
	Use    string // name of one of the model's ladders
	Levels []*Level
}

// IsZero tells whether there is no ladder.
func (l Ladder) IsZero() bool { return l.Use == "" && l.Levels == nil }

// A Level is reached when its threshold and its requirement hold, and every lower level is reached. At
// most one of From and Above is given; the first level of a ladder may have no condition at all.
type Level struct {
	ID          string     `json:"id"`
	Title       Text       `json:"title,omitempty"`
	Description Text       `json:"description,omitempty"`
	From        Decimal    `json:"from,omitempty"`  // the value is this or more
	Above       Decimal    `json:"above,omitempty"` // the value is more than this
	Of          Reading    `json:"of,omitempty"`    // what the threshold is on: value (default) or ratio
	Require     *Condition `json:"require,omitempty"`
}

// An Answer says what is answered to a question, and how it becomes points.
type Answer struct {
	Type AnswerType `json:"type"`

	Options   []*Option     `json:"options,omitempty"` // choice, checklist
	Use       string        `json:"use,omitempty"`     // choice, checklist: name of an option set, in place of Options
	Cap       Decimal       `json:"cap,omitempty"`     // checklist: the sum of points is cut to this
	Points    *YesNoPoints  `json:"points,omitempty"`  // yesno: default 1 and 0
	Min       Decimal       `json:"min,omitempty"`     // scale (a whole number, must be there), number
	Max       Decimal       `json:"max,omitempty"`     // scale (a whole number, must be there), number
	Reverse   bool          `json:"reverse,omitempty"` // scale: points are min + max − the number
	Integer   bool          `json:"integer,omitempty"` // number: whole numbers only
	Unit      Text          `json:"unit,omitempty"`    // number: shown beside it
	Steps     []Step        `json:"steps,omitempty"`   // number: either steps or linear
	Linear    *LinearPoints `json:"linear,omitempty"`
	MaxLength int           `json:"maxLength,omitempty"` // text: in characters

	explicit explicitFalse
}

// An AnswerType is a kind of answer.
type AnswerType string

// The answer types.
const (
	Choice    AnswerType = "choice"    // the value of one option
	Checklist AnswerType = "checklist" // a list of option values
	YesNo     AnswerType = "yesno"     // true or false
	ScaleType AnswerType = "scale"     // a whole number from min to max
	Number    AnswerType = "number"    // a number
	FreeText  AnswerType = "text"      // a string, never scored
)

// An Option is one of the answers to choose from.
type Option struct {
	Value       string  `json:"value"`
	Title       Text    `json:"title,omitempty"`
	Description Text    `json:"description,omitempty"`
	Points      Decimal `json:"points,omitempty"`    // default 0
	Exclusive   bool    `json:"exclusive,omitempty"` // checklist: it stands alone

	explicit explicitFalse
}

// YesNoPoints are the points of a yesno question.
type YesNoPoints struct {
	Yes Decimal `json:"yes,omitempty"` // default 1
	No  Decimal `json:"no,omitempty"`  // default 0
}

// A Step gives points to a number that is From or more; the last such step decides.
type Step struct {
	From   Decimal `json:"from"`
	Points Decimal `json:"points"`
}

// LinearPoints rise (or fall) evenly from Points[0] at From to Points[1] at To, and stay there beyond both
// ends. From above To runs downwards.
type LinearPoints struct {
	From   Decimal   `json:"from"`
	To     Decimal   `json:"to"`
	Points []Decimal `json:"points"` // two
}

// explicitFalse remembers which booleans were written as false in JSON, so that a model is written back,
// and digested, as it was read.
type explicitFalse uint8

// The booleans of an Answer.
const (
	reverseFalse explicitFalse = 1 << iota
	integerFalse
)
