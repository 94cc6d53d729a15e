// Command wasm is the engine as a WebAssembly module, for the JavaScript package in wasm/js: build that with
// go run ./wasm/build.
//
// Numbers and bytes cross, and nothing else. JavaScript writes its arguments into the module's memory, calls
// an exported function with their lengths, and reads the answer from there; a session's scores lie in arrays
// that both sides see. So a changed answer costs no more than a function call, and a document crosses once.
// safejs carries the start (main_js.go).
package main

import (
	"math"
	"runtime"
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// A bridge is the state behind the exported functions. Its memory is used again from call to call.
type bridge struct {
	in      []byte // what JavaScript wrote: the arguments, one behind the other
	out     []byte // what the last call answered: JSON, or the text of a bug
	objects []object
	unused  []int32 // handles that were freed
}

// An object is what a handle stands for: a scorer, or a session.
type object struct {
	scorer    *maturity.Scorer
	result    *maturity.Result // memory for the scorer's results
	session   *maturity.Session
	questions []string          // ids, by number
	broken    bool              // a session in which a bug showed
	running   running           // a study of a scorer's; analysis.wasm alone has some
	opts      *maturity.Options // that it was compiled with

	// What JavaScript reads of a session, by number of the node; moved holds numbers of nodes.
	values []float64 // NaN: none
	levels []int32   // -1: none
	moved  []int32
}

// What an exported function returns where it fails: 0 and above are handles, counts or lengths.
const (
	issues = -1 // out holds {"issues":[…]}
	bug    = -2 // out holds its text
)

// keep is how much memory a buffer may keep from one call to the next.
const keep = 1 << 20

// maxIn is as much as JavaScript may write at once; documents have limits of their own (Options.MaxBytes).
const maxIn = 1 << 30

// room makes room for the arguments of a call; it is nil where they are too long.
func (b *bridge) room(n int32) []byte {
	if n < 0 || n > maxIn {
		return nil
	}
	if b.in == nil || int(n) > cap(b.in) || cap(b.in) > keep && n <= keep {
		b.in = make([]byte, max(n, 1<<12))
	}
	b.in = b.in[:cap(b.in)]
	return b.in
}

// args cuts two arguments of the given lengths.
func (b *bridge) args(first, second int32) (x, y []byte) {
	return b.in[:first:first], b.in[first : first+second : first+second]
}

func (b *bridge) add(o object) int32 {
	if last := len(b.unused) - 1; last >= 0 {
		handle := b.unused[last]
		b.unused = b.unused[:last]
		b.objects[handle] = o
		return handle
	}
	b.objects = append(b.objects, o)
	return int32(len(b.objects) - 1)
}

// release frees an object. A scorer is large, and most programs free few, so it is collected at once: else memory, which
// a module never gives back, would grow by a scorer for each collection that begins late.
func (b *bridge) release(handle int32) {
	scorer := b.objects[handle].session == nil
	b.objects[handle] = object{}
	b.unused = append(b.unused, handle)
	if scorer {
		runtime.GC()
	}
}

// A verb is what the exported function call does, with a handle and two arguments.
type verb int32

// The verbs; wasm/js/core.js has the same list.
const (
	compile       verb = iota // model, options: a handle
	model                     // the model's document
	lint                      // a list of issues
	checkVerb                 // assessment
	score                     // assessment: a result
	explain                   // assessment, node: an explanation
	session                   // assessment, or nothing: a handle
	set                       // question, an assessment with the answer to it: how many nodes moved
	clearAnswer               // question: how many nodes moved
	notApplicable             // question, reason: how many nodes moved
	result                    // the session's result
	assessment                // the session's assessment

	firstAnalysis // here the verbs of analysis.go begin
)

// call does one verb. What it answers is in out.
func (b *bridge) call(v verb, handle, first, second int32) int32 {
	// The collector gets no time of its own while JavaScript runs. Without this a collection, once begun, would go on
	// through hundreds of calls, and all of them would pay for it.
	defer runtime.Gosched()
	return b.guard(handle, func() int32 {
		if cap(b.out) > keep {
			b.out = nil
		}
		b.out = b.out[:0]
		x, y := b.args(first, second)
		if v == compile {
			return b.compile(x, y)
		}
		o := &b.objects[handle]
		if o.session != nil {
			return b.inSession(v, o, x, y)
		}
		return b.ofScorer(v, o, x, y)
	})
}

func (b *bridge) compile(document, options []byte) int32 {
	opts, err := maturity.ParseOptions(options)
	if err != nil {
		return b.fail(err)
	}
	s, err := maturity.CompileJSON(document, opts)
	if err != nil {
		return b.fail(err)
	}
	ref := s.Ref() // its three strings need no escapes
	b.out = append(b.out, `{"id":"`+ref.ID+`","version":"`+ref.Version+`","digest":"`+ref.Digest+`"}`...)
	return b.add(object{scorer: s, opts: opts, result: new(maturity.Result), questions: s.Questions()})
}

func (b *bridge) ofScorer(v verb, o *object, x, y []byte) int32 {
	switch v {
	case model:
		b.out, _ = o.scorer.Model().MarshalJSON()
	case lint:
		b.out = maturity.AppendIssues(b.out, o.scorer.Model().Lint(nil))
	case checkVerb:
		if _, err := o.scorer.ParseAssessment(x); err != nil {
			return b.fail(err)
		}
	case score:
		if err := o.scorer.ScoreJSON(o.result, x); err != nil {
			return b.fail(err)
		}
		b.out = o.result.AppendJSON(b.out)
	case explain:
		a, err := o.scorer.ParseAssessment(x)
		if err != nil {
			return b.fail(err)
		}
		e, err := o.scorer.Explain(a, string(y))
		if err != nil {
			return b.fail(err)
		}
		b.out = e.AppendJSON(b.out)
	case session:
		return b.startSession(o, x)
	default:
		return b.analyse(v, o, x, y)
	}
	return 0
}

func (b *bridge) startSession(o *object, document []byte) int32 {
	var a *maturity.Assessment
	if len(document) > 0 {
		var err error
		if a, err = o.scorer.ParseAssessment(document); err != nil {
			return b.fail(err)
		}
	}
	s, err := o.scorer.Session(a)
	if err != nil {
		return b.fail(err)
	}
	n := len(s.Moved()) // every node
	live := object{scorer: o.scorer, session: s, questions: o.questions,
		values: make([]float64, n), levels: make([]int32, n), moved: make([]int32, n)}
	live.publish()
	return b.add(live)
}

func (b *bridge) inSession(v verb, o *object, x, y []byte) int32 {
	if o.broken {
		b.out = append(b.out, "This session ended in a bug: start another with its assessment."...)
		return bug
	}
	switch question := string(x); v {
	case set:
		a, err := o.scorer.ParseAssessment(y)
		if err != nil {
			return b.fail(err)
		}
		return b.moved(o, o.session.Set(question, a.Answers[question]))
	case clearAnswer:
		return b.moved(o, o.session.Clear(question))
	case notApplicable:
		return b.moved(o, o.session.NotApplicable(question, string(y)))
	case result:
		r, err := o.session.Result()
		if err != nil {
			return b.fail(err)
		}
		b.out = r.AppendJSON(b.out)
	case assessment:
		b.out, _ = o.session.Assessment().MarshalJSON()
	}
	return 0
}

// setOption answers a choice, a yesno or a scale by number; see maturity.Session.SetOption.
func (b *bridge) setOption(handle, question, option int32) int32 {
	return b.guard(handle, func() int32 {
		o := &b.objects[handle]
		if o.broken {
			return b.inSession(set, o, nil, nil)
		}
		return b.moved(o, o.session.SetOption(int(question), int(option)))
	})
}

// setNumber answers a number.
func (b *bridge) setNumber(handle, question int32, value float64) int32 {
	return b.guard(handle, func() int32 {
		o := &b.objects[handle]
		if o.broken {
			return b.inSession(set, o, nil, nil)
		}
		return b.moved(o, o.session.Set(o.questions[question], value))
	})
}

// moved publishes what a change moved, and says how many nodes these are.
func (b *bridge) moved(o *object, err error) int32 {
	if err != nil {
		return b.fail(err)
	}
	return o.publish()
}

// publish writes the scores that moved to where JavaScript reads them.
func (o *object) publish() int32 {
	nodes := o.session.Moved()
	for i, node := range nodes {
		value, ok := o.session.ValueAt(node)
		if !ok {
			value = math.NaN()
		}
		o.values[node], o.levels[node], o.moved[i] = value, int32(o.session.LevelAt(node)), int32(node)
	}
	return int32(len(nodes))
}

// fail answers with the issues of an error.
func (b *bridge) fail(err error) int32 {
	invalid, ok := err.(*maturity.InvalidError)
	if !ok {
		panic(err) // the engine gives no other, so this is a bug
	}
	b.out = invalid.AppendJSON(b.out[:0])
	return issues
}

// guard makes an answer of a panic, so that no bug ends the module: it names the bug and its place. What may
// have been left half done is not used again.
func (b *bridge) guard(handle int32, do func() int32) (code int32) {
	defer func() {
		if r := recover(); r != nil {
			b.out = append(b.out[:0], describe(r)...)
			if handle >= 0 && int(handle) < len(b.objects) {
				if o := &b.objects[handle]; o.session != nil {
					o.broken = true
				} else {
					o.result = new(maturity.Result)
				}
			}
			code = bug
		}
	}()
	return do()
}

// describe says what was panicked with, and where.
func describe(r any) string {
	what := "panic"
	switch r := r.(type) {
	case error:
		what = r.Error()
	case string:
		what = r
	}
	var callers [32]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers[:])])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			file := frame.File[strings.LastIndexByte(frame.File, '/')+1:]
			return what + " in " + frame.Function + " (" + file + ":" + strconv.Itoa(frame.Line) + ")"
		}
		if !more {
			return what
		}
	}
}
