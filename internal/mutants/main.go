// Command mutants tests package maturity with the mutants that gremlins finds, each in a second or two instead of
// a minute. See docs/mutants.md.
//
//	gremlins unleash --dry-run --output list.json FLAGS ./maturity
//	go run ./internal/mutants [flags] list.json
//
// All mutants are compiled into one test program, each behind a switch. Each test is run once to see which it
// reaches, and then each mutant with the tests that reach it, the quick ones first, until one fails.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

const pkg = "maturity"

// A verdict is a line of the log.
type verdict struct {
	*mutant
	Verdict string // killed, lived, dead (does not compile), limit (took too long, or too much) or unreached
	By      string `json:",omitempty"` // the test that failed, and how
	Seconds float64
}

// A test is one test function, with the mutants that it reaches.
type test struct {
	name    string
	seconds float64 // of one processor
	reaches map[int]bool
}

type runner struct {
	dir     string // for all that is made
	source  string // the folder of the package
	program string // the tests of all mutants
	mutants []*mutant
	tests   []test
}

func main() {
	files := flag.String("files", ".", "a regular `expression`: the mutants of which files")
	skip := flag.String("skip", "^(TestScorerIsSafeForConcurrentUse|TestReferenceRandom|TestGenerateAgain|TestDocsLinks)$", "a regular `expression`: tests to leave out")
	from := flag.Float64("from", 0, "with -to: a part of all mutants, in [0, 1], drawn by a hash of their place")
	to := flag.Float64("to", 1, "see -from")
	log := flag.String("log", "mutants.ndjson", "the `file` for what became of each mutant, a line of JSON each; what stands there already is not run again")
	workers := flag.Int("workers", 2, "how many mutants at once")
	flag.Parse()
	if err := run(*files, *skip, *log, flag.Arg(0), *from, *to, *workers); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(files, skip, log, list string, from, to float64, workers int) error {
	wanted, err := regexp.Compile(files)
	if err != nil {
		return err
	}
	skipped, err := regexp.Compile(skip)
	if err != nil {
		return err
	}
	r := &runner{}
	if r.source, err = filepath.Abs(pkg); err != nil {
		return err
	}
	if r.dir, err = os.MkdirTemp("", "mutants-"); err != nil {
		return err
	}
	defer os.RemoveAll(r.dir)
	if err := r.compile(wanted); err != nil {
		return err
	}
	if err := r.compare(list, wanted); err != nil {
		return err
	}
	done, err := readLog(log)
	if err != nil {
		return err
	}
	if err := r.trace(skipped); err != nil {
		return err
	}
	out, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	var wait sync.WaitGroup
	var lock sync.Mutex
	numbers := make(chan int)
	for range workers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for n := range numbers {
				start := time.Now()
				v := verdict{mutant: r.mutants[n]}
				v.Verdict, v.By = r.try(n)
				v.Seconds = time.Since(start).Seconds()
				line, _ := json.Marshal(v)
				lock.Lock()
				out.Write(append(line, '\n'))
				lock.Unlock()
			}
		}()
	}
	for n, m := range r.mutants {
		if at := m.draw(); at >= from && at < to && !done[m.key()] {
			numbers <- n
		}
	}
	close(numbers)
	wait.Wait()
	return nil
}

func readLog(path string) (map[string]bool, error) {
	done := map[string]bool{}
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return done, nil
	} else if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(data) {
		var v verdict
		if err := json.Unmarshal(line, &v); err != nil {
			return nil, err
		}
		done[v.key()] = true
	}
	return done, nil
}

// draw is a number in [0, 1) that depends on the place of a mutant alone.
func (m *mutant) draw() float64 {
	h := fnv.New32a()
	h.Write([]byte(m.key()))
	return float64(h.Sum32()*2654435761) / (1 << 32)
}

// compare holds the mutants against those that gremlins lists; those that exchange nothing are left out.
func (r *runner) compare(list string, wanted *regexp.Regexp) error {
	var found struct {
		Files []struct {
			Name      string `json:"file_name"`
			Mutations []struct {
				Type   string
				Line   int
				Column int
			}
		}
	}
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &found); err != nil {
		return err
	}
	theirs, ours := map[string]int{}, map[string]int{}
	for _, f := range found.Files {
		for _, m := range f.Mutations {
			if wanted.MatchString(f.Name) && m.Type != "INVERT_NEGATIVES" {
				theirs[fmt.Sprintf("%s:%d:%d", f.Name, m.Line, m.Column)]++
			}
		}
	}
	for _, m := range r.mutants {
		ours[fmt.Sprintf("%s:%d:%d", m.File, m.Line, m.Column)]++
	}
	for at, n := range theirs {
		if ours[at] != n {
			return fmt.Errorf("gremlins has %d mutants at %s, and we %d", n, at, ours[at])
		}
	}
	for at, n := range ours {
		if theirs[at] != n {
			return fmt.Errorf("gremlins has %d mutants at %s, and we %d", theirs[at], at, n)
		}
	}
	return nil
}

// compile builds the program with all mutants, from a copy of the module.
func (r *runner) compile(wanted *regexp.Regexp) error {
	list, err := exec.Command("git", "ls-files", "-co", "--exclude-standard").Output()
	if err != nil {
		return err
	}
	copied := filepath.Join(r.dir, "copy")
	for _, name := range strings.Fields(string(list)) {
		if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		to := filepath.Join(copied, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return err
		}
	}
	if r.mutants, err = rewrite(r.source, filepath.Join(copied, pkg), wanted.MatchString); err != nil {
		return err
	}
	r.program = filepath.Join(r.dir, "tests")
	return buildTests(copied, r.program, "")
}

func buildTests(dir, program, overlay string) error {
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-o", program, "-overlay", overlay, "./"+pkg)
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("does not compile: %s", text)
	}
	return nil
}

// trace runs each test alone, to see which mutants it reaches.
func (r *runner) trace(skip *regexp.Regexp) error {
	list, err := exec.Command(r.program, "-test.list", "^(Test|Fuzz|Example)").Output()
	if err != nil {
		return err
	}
	path := filepath.Join(r.dir, "reached")
	for _, name := range strings.Fields(string(list)) {
		if skip.MatchString(name) {
			continue
		}
		cmd := exec.Command(r.program, "-test.short", "-test.run", "^"+name+"$")
		cmd.Dir = r.source
		cmd.Env = append(os.Environ(), "MUTANT_TRACE="+path)
		if text, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s fails without any mutant: %s", name, text)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var reached []int
		if err := json.Unmarshal(data, &reached); err != nil {
			return err
		}
		t := test{name, cmd.ProcessState.UserTime().Seconds(), map[int]bool{}}
		for _, n := range reached {
			t.reaches[n] = true
		}
		r.tests = append(r.tests, t)
	}
	slices.SortStableFunc(r.tests, func(a, b test) int {
		if a.seconds < b.seconds {
			return -1
		}
		return 1
	})
	return nil
}

// try runs the tests that reach a mutant, the quick ones first, until one fails.
func (r *runner) try(n int) (verdict, by string) {
	m := r.mutants[n]
	program, first := r.program, n
	switch {
	case m.Dead:
		return "dead", ""
	case m.Built:
		for first > 0 && r.mutants[first-1].File == m.File && r.mutants[first-1].Offset == m.Offset {
			first-- // the second mutant of a place is reached where the first is
		}
	default:
		program = filepath.Join(r.dir, fmt.Sprint("tests-", n))
		defer os.Remove(program)
		if err := r.alone(m, program); err != nil {
			return "dead", err.Error()
		}
	}
	var names []string
	seconds := 0.0
	verdict = "unreached"
	for i, t := range r.tests {
		if !m.Built || t.reaches[first] {
			names, seconds = append(names, t.name), seconds+t.seconds
		}
		if last := i == len(r.tests)-1; len(names) > 0 && (last || seconds > 0.3) {
			if failed, by := r.stage(program, n, names, seconds); failed != "" {
				return failed, by
			}
			names, seconds, verdict = nil, 0, "lived"
		}
	}
	return verdict, ""
}

// alone builds a program with one mutant.
func (r *runner) alone(m *mutant, program string) error {
	name := filepath.Join(r.source, m.File)
	source, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	mutated := fmt.Sprint(string(source[:m.Offset]), m.To, string(source[m.Offset+len(m.From):]))
	path := program + ".go"
	if err := os.WriteFile(path, []byte(mutated), 0o644); err != nil {
		return err
	}
	overlay, _ := json.Marshal(map[string]any{"Replace": map[string]string{name: path}})
	if err := os.WriteFile(program+".json", overlay, 0o644); err != nil {
		return err
	}
	return buildTests(filepath.Dir(r.source), program, program+".json")
}

// stage runs tests with a mutant until the first complaint; the processor time is limited to several times
// what they take without it.
func (r *runner) stage(program string, n int, names []string, seconds float64) (verdict, by string) {
	limit := int(3 + 4*seconds)
	cmd := exec.Command("sh", "-c", fmt.Sprintf(`ulimit -t %d; ulimit -v 6000000; exec "$0" "$@"`, limit), program,
		"-test.v", "-test.short", "-test.failfast", "-test.run", "^("+strings.Join(names, "|")+")$")
	cmd.Dir = r.source
	cmd.Env = append(os.Environ(), fmt.Sprint("MUTANT=", n))
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "error", err.Error()
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		return "error", err.Error()
	}
	stop := time.AfterFunc(time.Duration(60*limit)*time.Second, func() { cmd.Process.Kill() })
	defer stop.Stop()
	running := ""
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if name, ok := strings.CutPrefix(line, "=== RUN"); ok {
			running = strings.TrimSpace(name)
		}
		for _, mark := range []string{"Error Trace:", "--- FAIL", "panic:", "fatal error:"} {
			if strings.HasPrefix(line, mark) && by == "" {
				by = running + ": " + line
				cmd.Process.Kill()
			}
		}
	}
	err = cmd.Wait()
	switch {
	case by != "":
		return "killed", by
	case err != nil && cmd.ProcessState.ExitCode() == -1:
		return "limit", running
	case err != nil:
		return "killed", running + ": " + err.Error()
	}
	return "", ""
}
