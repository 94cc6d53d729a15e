package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
)

// What requests may cost. Of an assessment there are at most 256 KB, of 128 requests at a time: 32 MB, and no more than
// a few times that while they are scored. The next ones are told to come back.
const (
	maxBody  = 256 << 10
	maxScore = 128
)

var options = &maturity.Options{MaxBytes: maxBody, MaxIssues: 100}

//go:embed openapi.json
var paths []byte

// A service answers requests. It never changes, but for the free places.
type service struct {
	log     *slog.Logger
	mux     *http.ServeMux
	scorers map[string]*maturity.Scorer
	list    []byte
	openAPI map[string][]byte // by version
	places  chan struct{}
}

func newService(log *slog.Logger) (*service, error) {
	s := &service{log: log, mux: http.NewServeMux(), scorers: map[string]*maturity.Scorer{}, places: make(chan struct{}, maxScore)}
	type entry struct {
		maturity.ModelRef
		Title     maturity.Text `json:"title,omitempty"`
		Languages []string `json:"languages,omitempty"`
	}
	list := struct {
		Models []entry `json:"models"`
	}{}
	for _, id := range models.IDs() {
		m, err := models.Load(id)
		if err != nil {
			return nil, err
		}
		if s.scorers[id], err = maturity.Compile(m, options); err != nil {
			return nil, err
		}
		list.Models = append(list.Models, entry{s.scorers[id].Ref(), m.Title, m.Title.Languages()})
	}
	var err error
	s.list, err = json.Marshal(list)
	if err != nil {
		return nil, err
	}
	s.mux.HandleFunc("GET /v1/models", s.models)
	s.mux.HandleFunc("GET /v1/models/{id}", s.model)
	s.mux.HandleFunc("GET /v1/models/{id}/schema", s.schema)
	s.mux.HandleFunc("POST /v1/models/{id}/score", s.score)
	s.mux.HandleFunc("GET /openapi.json", s.document)
	return s, nil
}
