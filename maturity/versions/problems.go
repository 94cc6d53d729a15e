package versions

import (
	"errors"

	"github.com/modenhet/modenhet/maturity"
)

// Problems gather what is wrong with several documents, each under a path of its own.
type problems struct{ issues []*maturity.Issue }

func (p *problems) add(path string, err error) {
	var invalid *maturity.InvalidError
	if !errors.As(err, &invalid) {
		return
	}
	for _, issue := range invalid.Issues {
		p.issues = append(p.issues, &maturity.Issue{Code: issue.Code, Path: path + issue.Path, Message: issue.Message})
	}
}

func (p *problems) err() error {
	if len(p.issues) == 0 {
		return nil
	}
	return &maturity.InvalidError{Issues: p.issues}
}
