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
	"runtime/debug"
	"time"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
)

// What requests may cost. The first part of a body, in which most of them end, takes nothing but its connection, so that
// slow clients do not keep others out. At most 8 MB of longer ones are in memory, and one of them is worked on at a time; whoever
// comes then is asked to come again.
const (
	maxBody   = 256 << 10
	firstPart = 16 << 10
	maxPlaces = 32
)

//go:embed openapi.json
var paths []byte

// A service answers requests. It is safe for concurrent use.
type service struct {
	log     *slog.Logger
	mux     *http.ServeMux
	scorers map[string]*maturity.Scorer
	places  chan struct{} // for those who send a long body, however slowly
	long    chan struct{} // the place for work on one of these, which may take a tenth of a second
	workers chan struct{} // places for other work, which takes milliseconds
}

func newService(log *slog.Logger) (*service, error) {
	s := &service{log, http.NewServeMux(), map[string]*maturity.Scorer{}, make(chan struct{}, maxPlaces), make(chan struct{}, 1), make(chan struct{}, runtime.GOMAXPROCS(0))}
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

// ServeHTTP logs each request, but nothing of what is answered and by whom. A panic costs its own request, no other.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	if len(r.TransferEncoding) > 0 {
		w.Header().Set("Connection", "close") // there may have been another length beside it, for a proxy to believe (RFC 9112, 6.1)
	}
	out := &response{ResponseWriter: w}
	defer func() {
		p := recover()
		if p != nil {
			s.log.Error("panic", "pattern", r.Pattern, "value", p, "stack", string(debug.Stack()))
			if out.status != 0 {
				panic(http.ErrAbortHandler) // half an answer is none: the client must see that it ends
			}
			fail(out, http.StatusInternalServerError, "The service made a mistake.")
		}
		if r.Context().Err() != nil {
			out.status = 499 // the client has gone
		}
		s.log.Info("request", "method", r.Method, "pattern", r.Pattern, "status", out.status, "duration", time.Since(start))
	}()
	s.mux.ServeHTTP(out, r)
}

func (s *service) score(w http.ResponseWriter, r *http.Request) {
	scorer := s.scorers[r.PathValue("id")]
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); scorer == nil {
		fail(w, http.StatusNotFound, noModel)
		return
	} else if kind != "application/json" || r.Header.Get("Content-Encoding") != "" {
		fail(w, http.StatusUnsupportedMediaType, "Send the assessment as application/json, not compressed.")
		return
	} else if r.ContentLength > maxBody { // it need not be sent
		fail(w, http.StatusRequestEntityTooLarge, tooLong)
		return
	}
	body, data := http.MaxBytesReader(w, r.Body, maxBody), new(bytes.Buffer)
	workers := s.workers
	_, err := io.CopyN(data, body, firstPart)
	if err == nil {
		workers = s.long
		if !s.enter(w) {
			return
		}
		defer s.leave()
		_, err = data.ReadFrom(body)
	}
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil, err == io.EOF:
	case errors.As(err, &tooLarge):
		fail(w, http.StatusRequestEntityTooLarge, tooLong)
		return
	case errors.Is(err, os.ErrDeadlineExceeded):
		fail(w, http.StatusRequestTimeout, "The assessment did not arrive in time.")
		return
	default:
		fail(w, http.StatusBadRequest, "The assessment did not arrive whole.")
		return
	}
	var result maturity.Result
	if !work(r, workers, func() { err = scorer.ScoreJSON(&result, data.Bytes()) }) {
		return
	} else if err != nil {
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
	opts := &schema.Options{Profile: schema.Profile(q.Get("profile")), Language: q.Get("language"), Answers: q.Get("answers") == "true"}
	var data []byte
	if !work(r, s.workers, func() { data, err = schema.For(scorer.Model(), opts) }) {
		return
	} else if err != nil {
		failWith(w, http.StatusBadRequest, "There is no such schema: see the issues.", err)
		return
	}
	w.Header().Set("Content-Type", "application/schema+json")
	w.Write(data)
}

// enter takes one of the places for long bodies, or says that there is none.
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

// work waits for a place, and does something that waits for nobody: a client that reads slowly takes no place. It is false if
// the client goes before there is one.
func work(r *http.Request, places chan struct{}, do func()) bool {
	select {
	case places <- struct{}{}:
	case <-r.Context().Done():
		return false
	}
	defer func() { <-places }()
	do()
	return true
}

// fixed serves JSON that never changes; a client that has it is told so.
func fixed(data []byte) http.HandlerFunc {
	sum := sha256.Sum256(data)
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-cache") // ask whether it is still the same
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	}
}
