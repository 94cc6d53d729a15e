package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const scorePath = "/v1/models/" + models.Default + "/score"

// ask asks the service without a network.
func ask(s http.Handler, method, path, contentType, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestScore(t *testing.T) {
	s, _ := serve(t)
	for _, name := range models.Assessments(models.Default) {
		data, err := models.Assessment(models.Default, name)
		require.NoError(t, err)
		a, err := maturity.ParseAssessment(data, nil)
		require.NoError(t, err)
		result, err := s.scorers[models.Default].Score(a)
		require.NoError(t, err)
		w := ask(s, "POST", scorePath, "application/json; charset=utf-8", string(data))
		assert.Equal(t, http.StatusOK, w.Code)
		assert.Equal(t, string(result.AppendJSON(nil)), w.Body.String())
	}
}

func TestProblems(t *testing.T) {
	s, _ := serve(t)
	const document, valid = "application/json", `{"model": {"id": "digital-modenhet-kommune"}}`
	for _, c := range []struct {
		method, path, contentType, body string
		status                          int
		says                            string // in detail, or the code of an issue
	}{
		{"GET", "/", "", "", 404, ""},
		{"GET", "/v1/models/x", "", "", 404, ""},
		{"GET", "/v1/models/x/schema", "", "", 404, "GET /v1/models lists them"},
		{"POST", "/v1/models/x/score", document, valid, 404, "GET /v1/models lists them"},
		{"GET", scorePath, "", "", 405, ""},
		{"PUT", "/v1/models", "", "", 405, ""},
		{"POST", scorePath, "", valid, 415, "application/json"},
		{"POST", scorePath, "text/plain", valid, 415, "application/json"},
		{"POST", scorePath, document, "", 422, "bad-syntax"},
		{"POST", scorePath, document, `{"model": {"id": "other"}}`, 422, "other-model"},
		{"POST", scorePath, document, valid + valid, 422, "bad-syntax"},
		{"POST", scorePath, document, `{"model": {"id": "digital-modenhet-kommune"}, "answers": {"q": null}}`, 422, "wrong-type"},
		{"POST", scorePath, document, strings.Repeat("[", 1000), 422, "too-deep"},
		{"POST", scorePath, document, strings.Repeat(" ", maxBody+1), 413, "262144 bytes"},
		{"GET", "/v1/models/" + models.Default + "/schema?profile=x", "", "", 400, "bad-value"},
		{"GET", "/v1/models/" + models.Default + "/schema?answers=1", "", "", 400, "answers"},
		{"GET", "/v1/models/" + models.Default + "/schema?profile=%zz", "", "", 400, "query"},
		{"GET", "/v1/models/" + models.Default + "/schema?language=" + strings.Repeat("x", 36), "", "", 400, "language"},
	} {
		w := ask(s, c.method, c.path, c.contentType, c.body)
		assert.Equal(t, c.status, w.Code, "%s %s", c.method, c.path)
		assert.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
		var p problem
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p), w.Body.String())
		assert.Equal(t, problem{http.StatusText(c.status), c.status, p.Detail, p.Issues}, p)
		assert.Contains(t, p.Detail+fmt.Sprint(p.Issues), c.says)
	}
	assert.Equal(t, "GET, HEAD", ask(s, "PUT", "/v1/models", "", "").Header().Get("Allow"))
}

func TestFixed(t *testing.T) {
	s, _ := serve(t)
	for _, path := range []string{"/v1/models", "/v1/models/" + models.Default, "/openapi.json", "/openapi-3.0.json"} {
		w := ask(s, "GET", path, "", "")
		assert.Equal(t, http.StatusOK, w.Code)
		assert.True(t, json.Valid(w.Body.Bytes()))
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("If-None-Match", w.Header().Get("ETag"))
		again := httptest.NewRecorder()
		s.ServeHTTP(again, r)
		assert.Equal(t, http.StatusNotModified, again.Code)
		r.Header = http.Header{"If-Match": {`"other"`}}
		other := httptest.NewRecorder()
		s.ServeHTTP(other, r)
		assert.Equal(t, http.StatusPreconditionFailed, other.Code)
		assert.Equal(t, "application/problem+json", other.Header().Get("Content-Type"))
		assert.JSONEq(t, `{"title": "Precondition Failed", "status": 412}`, other.Body.String())
	}
}

// TestBusy takes all places with long bodies that do not end. Others with long bodies are asked to come again, and scored once
// there is room; short ones are scored all the time.
func TestBusy(t *testing.T) {
	s, url := serve(t)
	var waiting sync.WaitGroup
	var writers []*io.PipeWriter
	for range maxPlaces {
		body, w := io.Pipe()
		writers = append(writers, w)
		waiting.Add(1)
		go func() { defer waiting.Done(); post(url, body) }()
		go io.WriteString(w, strings.Repeat(" ", firstPart+1))
	}
	require.Eventually(t, func() bool { return len(s.places) == maxPlaces }, 10*time.Second, time.Millisecond)
	long := strings.Repeat(" ", firstPart) + "{}"
	w := ask(s, "POST", scorePath, "application/json", long)
	assert.Equal(t, http.StatusServiceUnavailable, w.Code)
	assert.Equal(t, "1", w.Header().Get("Retry-After"))
	assert.Equal(t, http.StatusUnprocessableEntity, ask(s, "POST", scorePath, "application/json", long[3:]).Code)
	assert.Equal(t, http.StatusOK, ask(s, "GET", "/v1/models/"+models.Default+"/schema", "", "").Code)
	for _, w := range writers {
		w.Close()
	}
	waiting.Wait()
	assert.Equal(t, http.StatusUnprocessableEntity, ask(s, "POST", scorePath, "application/json", long).Code)
}

func post(url string, body io.Reader) (int, error) {
	response, err := http.Post(url+scorePath, "application/json", body)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}

// TestLog has one line for each request, and no answers in it.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	s, err := newService(slog.New(slog.NewTextHandler(&log, nil)))
	require.NoError(t, err)
	ask(s, "POST", scorePath, "application/json", `{"model": {"id": "secret"}}`)
	assert.Regexp(t, `^time=\S+ level=INFO msg=request method=POST pattern="POST /v1/models/{id}/score" status=422 duration=\S+\n$`, log.String())
}
