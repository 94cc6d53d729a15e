package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"time"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
)

// What requests may cost: at most 64 MB of bodies, or as many schemas, are in memory, of which as many are worked on as
// there are processors. Whoever comes when all places are taken is asked to come again.
const (
	maxBody   = 256 << 10
	maxPlaces = 256
)

//go:embed openapi.json
var paths []byte

// A service answers requests. It is safe for concurrent use.
type service struct {
	log     *slog.Logger
	mux     *http.ServeMux
	scorers map[string]*maturity.Scorer
	places  chan struct{} // for those who send a body or take a schema, however slowly
	workers chan struct{} // places for work, which takes milliseconds
}

func newService(log *slog.Logger) (*service, error) {
	s := &service{log, http.NewServeMux(), map[string]*maturity.Scorer{}, make(chan struct{}, maxPlaces), make(chan struct{}, runtime.GOMAXPROCS(0))}
	type entry struct {
		maturity.ModelRef
		Title maturity.Text `json:"title,omitempty"`
	}
	list := map[string][]entry{"models": {}}
	for _, id := range models.IDs() {
		data, err := models.JSON(id)
		if err != nil {
			return nil, err
		}
		if s.scorers[id], err = maturity.CompileJSON(data, &maturity.Options{MaxIssues: 100}); err != nil {
			return nil, fmt.Errorf("model %s: %w", id, err)
		}
		s.mux.HandleFunc("GET /v1/models/"+id, fixed(data))
		list["models"] = append(list["models"], entry{s.scorers[id].Ref(), s.scorers[id].Model().Title})
	}
	data, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	newest, err := schema.OpenAPIDocument(paths, schema.OpenAPI)
	if err != nil {
		return nil, err
	}
	older, err := schema.OpenAPIDocument(paths, schema.OpenAPI30)
	if err != nil {
		return nil, err
	}
	s.mux.HandleFunc("GET /v1/models", fixed(data))
	s.mux.HandleFunc("GET /v1/models/{id}/schema", s.schema)
	s.mux.HandleFunc("POST /v1/models/{id}/score", s.score)
	s.mux.HandleFunc("GET /openapi.json", fixed(newest))
	s.mux.HandleFunc("GET /openapi-3.0.json", fixed(older))
	return s, nil
}

// ServeHTTP logs each request, but nothing of what is answered and by whom.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	out := &response{ResponseWriter: w, status: http.StatusOK}
	s.mux.ServeHTTP(out, r)
	s.log.Info("request", "method", r.Method, "pattern", r.Pattern, "status", out.status, "duration", time.Since(start))
}

func (s *service) score(w http.ResponseWriter, r *http.Request) {
	scorer := s.scorers[r.PathValue("id")]
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); scorer == nil {
		fail(w, http.StatusNotFound, noModel)
		return
	} else if kind != "application/json" {
		fail(w, http.StatusUnsupportedMediaType, "Send the assessment as application/json.")
		return
	}
	if !s.enter(w) {
		return
	}
	defer s.leave()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		fail(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("An assessment has at most %d bytes.", maxBody))
		return
	case errors.Is(err, os.ErrDeadlineExceeded):
		fail(w, http.StatusRequestTimeout, fmt.Sprintf("The assessment did not arrive within %s.", readTimeout))
		return
	case err != nil:
		fail(w, http.StatusBadRequest, "The assessment did not arrive whole.")
		return
	}
	var result maturity.Result
	s.work(func() { err = scorer.ScoreJSON(&result, body) })
	if err != nil {
		failWith(w, http.StatusUnprocessableEntity, "The assessment cannot be scored: see the issues.", err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(result.AppendJSON(nil)) // a client that has gone needs no answer
}

func (s *service) schema(w http.ResponseWriter, r *http.Request) {
	scorer := s.scorers[r.PathValue("id")]
	if scorer == nil {
		fail(w, http.StatusNotFound, noModel)
		return
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if answers := q.Get("answers"); err != nil || answers != "" && answers != "true" && answers != "false" || len(q.Get("language")) > 35 {
		fail(w, http.StatusBadRequest, "The query is wrong: answers is true or false, and language a tag of at most 35 characters.")
		return
	}
	if !s.enter(w) {
		return
	}
	defer s.leave()
	opts := &schema.Options{Profile: schema.Profile(q.Get("profile")), Language: q.Get("language"), Answers: q.Get("answers") == "true"}
	var data []byte
	s.work(func() { data, err = schema.For(scorer.Model(), opts) })
	if err != nil {
		failWith(w, http.StatusBadRequest, "There is no such schema: see the issues.", err)
		return
	}
	w.Header().Set("Content-Type", "application/schema+json")
	w.Write(data)
}

// enter takes one of the places for requests that hold memory, or says that there is none.
func (s *service) enter(w http.ResponseWriter) bool {
	select {
	case s.places <- struct{}{}:
		return true
	default:
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusServiceUnavailable, "Too many requests at once: try again in a second.")
		return false
	}
}

func (s *service) leave() { <-s.places }

// work waits for a place, and does something that waits for nobody: a client that reads slowly takes no place.
func (s *service) work(do func()) {
	s.workers <- struct{}{}
	defer func() { <-s.workers }()
	do()
}

// fixed serves JSON that never changes; a client that has it is told so.
func fixed(data []byte) http.HandlerFunc {
	sum := sha256.Sum256(data)
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	}
}
