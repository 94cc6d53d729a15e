// Command mutants tests package maturity with the mutants that gremlins finds, each in a second or two instead of
// a minute. See docs/mutants.md.
//
//	go run ./internal/mutants [flags]
//
// All mutants are compiled into one test program, each behind a switch. Each test is run once to see which it
// reaches, and then each mutant with the tests that reach it, the quick ones first, until one fails.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
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
	long    *regexp.Regexp
	budget  float64 // in seconds
}

func main() {
	files := flag.String("files", ".", "a regular `expression`: the mutants of which files")
	skip := flag.String("skip", "^(TestScorerIsSafeForConcurrentUse|TestReferenceRandom|TestGenerateAgain|TestDocsLinks)$", "a regular `expression`: tests to leave out")
	long := flag.String("long", "^$", "a regular `expression`: tests that are run once more, without -short, where all others pass")
	share := flag.Float64("share", 1, "the share of all mutants that is tested, drawn by a hash of their place; they are tested in the order of the draw")
	log := flag.String("log", "mutants.ndjson", "the `file` for what became of each mutant, a line of JSON each; what was killed there already is not run again")
	explained := flag.String("explained", "maturity/testdata/mutants.txt", "the `file` of survivors that are explained, a line each; # begins the reason for those below it")
	budget := flag.Float64("budget", 60, "how many `seconds` of tests, without a mutant, a mutant has to survive")
	workers := flag.Int("workers", 2, "how many mutants at once")
	flag.Parse()
	err := run(*files, *skip, *long, *log, *share, *budget, *workers)
	if err == nil {
		err = report(*log, *explained)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// report prints the figures of each file, and the survivors that nobody has explained. Of a mutant that was
// tested twice, the last time counts.
func report(log, explained string) error {
	last := map[string]verdict{}
	if err := readLog(log, func(v verdict) { last[v.key()] = v }); err != nil {
		return err
	}
	text, err := os.ReadFile(explained)
	if err != nil {
		return err
	}
	reasons := map[string]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		reasons[line] = true
	}
	type figures struct{ tested, killed, explained int }
	files, total := map[string]*figures{}, &figures{}
	var unexplained []string
	for _, v := range last {
		if v.Verdict == "dead" {
			continue
		}
		if files[v.File] == nil {
			files[v.File] = &figures{}
		}
		for _, f := range []*figures{files[v.File], total} {
			f.tested++
			if v.Verdict != "killed" && reasons[v.mutant.String()] {
				f.explained++
			} else if v.Verdict == "killed" || v.Verdict == "limit" {
				f.killed++
			}
		}
		if v.Verdict != "killed" && !reasons[v.mutant.String()] {
			unexplained = append(unexplained, fmt.Sprintf("%s: %s (line %d)", v.Verdict, v.mutant, v.Line))
		}
	}
	files["all"] = total
	fmt.Println("| file | mutants | killed | explained | killed, % |\n|---|---|---|---|---|")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := files[name]
		fmt.Printf("| %s | %d | %d | %d | %.1f |\n", name, f.tested, f.killed, f.explained, 100*float64(f.killed)/float64(f.tested))
	}
	slices.Sort(unexplained)
	for _, line := range unexplained {
		fmt.Println(line)
	}
	return nil
}

// String is the place of a mutant and what it exchanges, which no change of other lines moves.
func (m *mutant) String() string {
	return fmt.Sprintf("%s %s: %s: %s -> %s", m.File, m.Func, strings.Join(strings.Fields(m.Expr), " "), m.From, m.To)
}

func run(files, skip, long, log string, share, budget float64, workers int) error {
	wanted, err := regexp.Compile(files)
	if err != nil {
		return err
	}
	skipped, err := regexp.Compile(skip)
	if err != nil {
		return err
	}
	r := &runner{budget: budget}
	if r.long, err = regexp.Compile(long); err != nil {
		return err
	}
	if r.source, err = filepath.Abs(pkg); err != nil {
		return err
	}
	if r.dir, err = os.MkdirTemp("", "mutants-"); err != nil {
		return err
	}
	defer os.RemoveAll(r.dir)
	done := map[string]bool{}
	err = readLog(log, func(v verdict) {
		if v.Verdict == "killed" || v.Verdict == "dead" {
			done[v.key()] = true
		}
	})
	if err != nil {
		return err
	}
	if err := r.compile(wanted); err != nil {
		return err
	}
	if err := r.compare(wanted); err != nil {
		return err
	}
	if err := r.trace(skipped, workers); err != nil {
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
	order := make([]int, len(r.mutants))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(r.mutants[a].draw(), r.mutants[b].draw()) })
	for _, n := range order {
		if m := r.mutants[n]; m.draw() < share && !done[m.key()] {
			numbers <- n
		}
	}
	close(numbers)
	wait.Wait()
	return nil
}

func readLog(path string, each func(verdict)) error {
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	} else if err != nil {
		return err
	}
	for line := range bytes.Lines(data) {
		v := verdict{mutant: new(mutant)}
		if err := json.Unmarshal(line, &v); err != nil {
			return err
		}
		each(v)
	}
	return nil
}

// draw is a number in [0, 1) that depends on the place of a mutant alone.
func (m *mutant) draw() float64 {
	h := fnv.New32a()
	h.Write([]byte(m.key()))
	return float64(h.Sum32()*2654435761) / (1 << 32)
}

// compare holds the mutants against those that gremlins lists, in a copy of the package without its tests.
func (r *runner) compare(wanted *regexp.Regexp) error {
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
	bare := filepath.Join(r.dir, "bare")
	names, err := filepath.Glob(filepath.Join(r.source, "*.go"))
	if err != nil {
		return err
	}
	for _, name := range append(names, filepath.Join(r.source, "../go.mod"), filepath.Join(r.source, "../go.sum")) {
		to, err := filepath.Rel(filepath.Dir(r.source), name)
		if err != nil {
			return err
		}
		if !strings.HasSuffix(name, "_test.go") {
			if err := copyFile(name, filepath.Join(bare, to)); err != nil {
				return err
			}
		}
	}
	list, gremlins := filepath.Join(r.dir, "list.json"), filepath.Join(r.dir, "gremlins")
	if text, err := exec.Command("go", "build", "-modfile=tools.mod", "-o", gremlins, "github.com/go-gremlins/gremlins/cmd/gremlins").CombinedOutput(); err != nil {
		return fmt.Errorf("gremlins: %s", text)
	}
	cmd := exec.Command(gremlins, "unleash", "--dry-run", "--output", list, "--invert-assignments", "--invert-bitwise", "--invert-bwassign",
		"--invert-logical", "--invert-loopctrl", "--remove-self-assignments", "./"+pkg)
	cmd.Dir = bare
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("gremlins: %s", text)
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
		if err := copyFile(name, filepath.Join(copied, name)); err != nil {
			return err
		}
	}
	if r.mutants, err = rewrite(r.source, filepath.Join(copied, pkg), wanted.MatchString); err != nil {
		return err
	}
	r.program = filepath.Join(r.dir, "tests")
	return buildTests(copied, r.program, "")
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
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
func (r *runner) trace(skip *regexp.Regexp, workers int) error {
	list, err := exec.Command(r.program, "-test.list", "^(Test|Fuzz|Example)").Output()
	if err != nil {
		return err
	}
	names := make(chan string)
	var wait sync.WaitGroup
	var lock sync.Mutex
	for worker := range workers {
		path := filepath.Join(r.dir, fmt.Sprint("reached-", worker))
		wait.Add(1)
		go func() {
			defer wait.Done()
			for name := range names {
				t, failed := r.reaches(name, path)
				lock.Lock()
				r.tests, err = append(r.tests, t), errors.Join(err, failed)
				lock.Unlock()
			}
		}()
	}
	for _, name := range strings.Fields(string(list)) {
		if !skip.MatchString(name) {
			names <- name
		}
	}
	close(names)
	wait.Wait()
	slices.SortFunc(r.tests, func(a, b test) int { return cmp.Compare(a.seconds, b.seconds) })
	return err
}

// reaches runs a test to see which mutants it reaches.
func (r *runner) reaches(name, path string) (test, error) {
	t := test{name, 0, map[int]bool{}}
	cmd := exec.Command(r.program, "-test.short", "-test.run", "^"+name+"$")
	cmd.Dir = r.source
	cmd.Env = append(os.Environ(), "MUTANT_TRACE="+path)
	if text, err := cmd.CombinedOutput(); err != nil {
		return t, fmt.Errorf("%s fails without any mutant: %s", name, text)
	}
	t.seconds = cmd.ProcessState.UserTime().Seconds()
	data, err := os.ReadFile(path)
	if err != nil {
		return t, err
	}
	var reached []int
	if err := json.Unmarshal(data, &reached); err != nil {
		return t, err
	}
	for _, n := range reached {
		t.reaches[n] = true
	}
	return t, nil
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
	seconds, spent := 0.0, 0.0
	verdict = "unreached"
	for i, t := range r.tests {
		if (!m.Built || t.reaches[first]) && spent < r.budget {
			names, seconds, spent = append(names, t.name), seconds+t.seconds, spent+t.seconds
		}
		if last := i == len(r.tests)-1; len(names) > 0 && (last || seconds > 0.3) {
			if failed, by := r.stage(program, n, names, seconds, "-test.short"); failed != "" {
				return failed, by
			}
			names, seconds, verdict = nil, 0, "lived"
		}
	}
	for _, t := range r.tests {
		if r.long.MatchString(t.name) && (!m.Built || t.reaches[first]) {
			if failed, by := r.stage(program, n, []string{t.name}, 12*t.seconds, "-test.short=false"); failed != "" {
				return failed, by
			}
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
func (r *runner) stage(program string, n int, names []string, seconds float64, short string) (verdict, by string) {
	limit := int(3 + 4*seconds)
	cmd := exec.Command("sh", "-c", fmt.Sprintf(`ulimit -t %d; ulimit -v 6000000; exec nice -n 19 "$0" "$@"`, limit), program,
		"-test.v", short, "-test.failfast", "-test.run", "^("+strings.Join(names, "|")+")$")
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
