package cohort

import (
	"strconv"
	"strings"

	"github.com/modenhet/modenhet/maturity"
)

// An issueList collects what is wrong with a list of documents.
type issueList []*maturity.Issue

// add takes the issues of document i. Their lines, if any, are those of that document.
func (l *issueList) add(i int, err error) {
	e, ok := err.(*maturity.InvalidError)
	if !ok {
		e = invalid(maturity.BadValue, "", err.Error()).(*maturity.InvalidError)
	}
	for _, issue := range e.Issues {
		c := *issue
		c.Path = "/" + strconv.Itoa(i) + issue.Path
		*l = append(*l, &c)
	}
}

// errNone is about a nil among assessments.
var errNone = invalid(maturity.Empty, "", "this assessment is nil")

func (l issueList) error() error {
	if len(l) == 0 {
		return nil
	}
	return &maturity.InvalidError{Issues: l}
}

func invalid(code maturity.Code, path, message string) error {
	return &maturity.InvalidError{Issues: []*maturity.Issue{{Code: code, Path: path, Message: message}}}
}

// pointer escapes a key in a JSON Pointer.
var pointer = strings.NewReplacer("~", "~0", "/", "~1")
