package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/modenhet/modenhet/maturity"
)

// A problem says what went wrong (RFC 9457). Its type is about:blank, so the title is that of the status; issues are
// what the engine found in a document, each with its place.
type problem struct {
	Title  string            `json:"title"`
	Status int               `json:"status"`
	Detail string            `json:"detail,omitempty"`
	Issues []*maturity.Issue `json:"issues,omitempty"`
}

const noModel = "There is no such model: GET /v1/models lists them."

var tooLong = fmt.Sprintf("An assessment has at most %d bytes.", maxBody)

func fail(w http.ResponseWriter, status int, detail string) { failWith(w, status, detail, nil) }

func failWith(w http.ResponseWriter, status int, detail string, err error) {
	p := problem{Title: http.StatusText(status), Status: status, Detail: detail}
	var invalid *maturity.InvalidError
	if errors.As(err, &invalid) {
		p.Issues = invalid.Issues
	}
	data, err := json.Marshal(p)
	if err != nil { // strings and numbers
		panic(err)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(data)
}

// A response remembers its status, and makes problems of the errors that net/http writes by itself: no such path, no such
// method, a range that cannot be, another ETag.
type response struct {
	http.ResponseWriter
	status int  // 0 before there is one
	plain  bool // the text that follows is not wanted
}

func (r *response) WriteHeader(status int) {
	r.status = status
	if status >= 400 && r.Header().Get("Content-Type") != "application/problem+json" {
		r.plain = true
		fail(r.ResponseWriter, status, "")
		return
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *response) Write(data []byte) (int, error) {
	if r.plain {
		return len(data), nil
	}
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(data)
}

// Unwrap is for http.ResponseController.
func (r *response) Unwrap() http.ResponseWriter { return r.ResponseWriter }
