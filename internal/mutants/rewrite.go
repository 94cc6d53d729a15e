package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A mutant is one token that gremlins exchanges for another.
type mutant struct {
	File     string // its base name
	Offset   int    // of the token, in bytes
	From, To string
	Line     int
	Column   int
	Func     string // the function around it
	Expr     string // the expression or statement that it changes
	Dead     bool   // does not compile
	Built    bool   // is in the program with all mutants
}

// invert is what gremlins makes of a token. It makes the same of - twice, by two names.
var invert = map[token.Token][]token.Token{
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL}, token.REM: {token.MUL},
	token.GEQ: {token.GTR, token.LSS}, token.GTR: {token.GEQ, token.LEQ}, token.LEQ: {token.LSS, token.GTR}, token.LSS: {token.LEQ, token.GEQ},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL}, token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.DEC: {token.INC}, token.INC: {token.DEC}, token.BREAK: {token.CONTINUE}, token.CONTINUE: {token.BREAK},
	token.AND: {token.OR}, token.OR: {token.AND}, token.XOR: {token.AND}, token.AND_NOT: {token.AND}, token.SHL: {token.SHR}, token.SHR: {token.SHL},
	token.ADD_ASSIGN: {token.SUB_ASSIGN, token.ASSIGN}, token.SUB_ASSIGN: {token.ADD_ASSIGN, token.ASSIGN},
	token.MUL_ASSIGN: {token.QUO_ASSIGN, token.ASSIGN}, token.QUO_ASSIGN: {token.MUL_ASSIGN, token.ASSIGN}, token.REM_ASSIGN: {token.REM_ASSIGN, token.ASSIGN},
	token.AND_ASSIGN: {token.OR_ASSIGN, token.ASSIGN}, token.OR_ASSIGN: {token.AND_ASSIGN, token.ASSIGN}, token.XOR_ASSIGN: {token.AND_ASSIGN, token.ASSIGN},
	token.AND_NOT_ASSIGN: {token.AND_ASSIGN, token.ASSIGN}, token.SHL_ASSIGN: {token.SHR_ASSIGN, token.ASSIGN}, token.SHR_ASSIGN: {token.SHL_ASSIGN, token.ASSIGN},
}

// A change of the text of a file: what stands from offset to end is replaced. At one offset, what closes
// comes before what opens, and inner before outer or outer before inner.
type change struct {
	offset, end int
	order       int
	text        string
}

// A rewriter puts every mutant of a package behind a switch, so that one program is all of them.
type rewriter struct {
	set     *token.FileSet
	files   []*ast.File
	info    *types.Info
	pkg     *types.Package
	check   func() error
	mutants []*mutant
	changes map[string][]change
}

// switches are the functions that the rewritten package calls. A mutant is on where its number is in the
// environment variable MUTANT.
const switches = `package PACKAGE

import (
	"cmp"
	"os"
	"strconv"
	"sync/atomic"
)

var mutantOn = func() int {
	n, err := strconv.Atoi(os.Getenv("MUTANT"))
	if err != nil {
		return -1
	}
	return n
}()

var mutantTraced = os.Getenv("MUTANT_TRACE") != ""
var mutantReached = make([]atomic.Bool, COUNT)

func mutant(n int) bool { return n == mutantOn || mutantTraced && mutantIsReached(n) } // short, to be inlined

func mutantIsReached(n int) bool {
	mutantReached[n].Store(true)
	return false
}

type mutantNumber interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr | ~float32 | ~float64
}

type mutantInteger interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

func mutantPick[T any](n int, is, other T) T {
	if mutant(n) {
		return other
	}
	return is
}

func mutantNeg[T mutantNumber](n int, x T) T {
	if mutant(n) {
		return x
	}
	return -x
}

func mutantOne[T mutantNumber](n int, _ T) T {
	var one T = 1
	if mutant(n) {
		return -one
	}
	return one
}
`

// traced writes which mutants were reached.
const traced = `package PACKAGE

import (
	"encoding/json"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if path := os.Getenv("MUTANT_TRACE"); path != "" {
		list := []int{}
		for n := range mutantReached {
			if mutantReached[n].Load() {
				list = append(list, n)
			}
		}
		data, _ := json.Marshal(list)
		if os.WriteFile(path, data, 0o644) != nil {
			code = 1
		}
	}
	os.Exit(code)
}
`

func switchesText(pkg string, count int) string {
	var b strings.Builder
	b.WriteString(strings.NewReplacer("PACKAGE", pkg, "COUNT", fmt.Sprint(count)).Replace(switches))
	names := map[token.Token]string{token.LSS: "Less", token.LEQ: "AtMost", token.GTR: "More", token.GEQ: "AtLeast"}
	for _, op := range []token.Token{token.LSS, token.LEQ, token.GTR, token.GEQ} {
		fmt.Fprintf(&b, "\nfunc mutant%s[T cmp.Ordered](n int, a, b T) bool {\n\tif mutant(n) {\n\t\treturn a %s b\n\t}\n\tif mutantOn == n+1 {\n\t\treturn a %s b\n\t}\n\treturn a %s b\n}\n",
			names[op], invert[op][0], invert[op][1], op)
	}
	for op, name := range arithmetic {
		class := "mutantNumber"
		if op >= token.REM {
			class = "mutantInteger"
		}
		params := "[T " + class + "](n int, a, b T) T"
		if op == token.SHL || op == token.SHR {
			params = "[T, U mutantInteger](n int, a T, b U) T"
		}
		fmt.Fprintf(&b, "\nfunc mutant%s%s {\n\tif mutant(n) {\n\t\treturn a %s b\n\t}\n\treturn a %s b\n}\n", name, params, invert[op][0], op)
		assign, removed := assigned[op], "b"
		if op == token.SHL || op == token.SHR {
			removed = "T(b)"
		}
		if op != token.REM { // gremlins leaves %= as it is
			fmt.Fprintf(&b, "\nfunc mutant%sTo%s {\n\tif mutant(n) {\n\t\ta %s b\n\t\treturn a\n\t}\n\tif mutantOn == n+1 {\n\t\treturn %s\n\t}\n\treturn a %s b\n}\n",
				name, params, invert[assign][0], removed, op)
		}
	}
	return b.String()
}

var arithmetic = map[token.Token]string{token.ADD: "Add", token.SUB: "Sub", token.MUL: "Mul", token.QUO: "Quo", token.REM: "Rem",
	token.AND: "And", token.OR: "Or", token.XOR: "Xor", token.AND_NOT: "AndNot", token.SHL: "Shl", token.SHR: "Shr"}

var assigned = map[token.Token]token.Token{token.ADD: token.ADD_ASSIGN, token.SUB: token.SUB_ASSIGN, token.MUL: token.MUL_ASSIGN,
	token.QUO: token.QUO_ASSIGN, token.REM: token.REM_ASSIGN, token.AND: token.AND_ASSIGN, token.OR: token.OR_ASSIGN,
	token.XOR: token.XOR_ASSIGN, token.AND_NOT: token.AND_NOT_ASSIGN, token.SHL: token.SHL_ASSIGN, token.SHR: token.SHR_ASSIGN}

var compared = map[token.Token]string{token.LSS: "Less", token.LEQ: "AtMost", token.GTR: "More", token.GEQ: "AtLeast"}

// rewrite reads the package in a folder, and writes it with every mutant behind a switch to another.
func rewrite(dir, to string, wanted func(file string) bool) ([]*mutant, error) {
	p, err := build.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	r := &rewriter{set: token.NewFileSet(), changes: map[string][]change{},
		info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}}
	sources := map[string][]byte{}
	for _, name := range p.GoFiles {
		if sources[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(r.set, name, sources[name], parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		r.files = append(r.files, f)
	}
	std := importer.ForCompiler(r.set, "source", nil)
	config := types.Config{Importer: std}
	if r.pkg, err = config.Check(p.ImportPath, r.set, r.files, r.info); err != nil {
		return nil, err
	}
	r.check = func() error {
		_, err := (&types.Config{Importer: std}).Check(p.ImportPath, r.set, r.files, nil)
		return err
	}
	for i, f := range r.files {
		if name := p.GoFiles[i]; wanted(name) {
			r.file(f, name, sources[name])
		}
	}
	for name, source := range sources {
		if err := os.WriteFile(filepath.Join(to, name), apply(source, r.changes[name]), 0o644); err != nil {
			return nil, err
		}
	}
	if err := os.WriteFile(filepath.Join(to, "zz_mutants_test.go"), []byte(strings.ReplaceAll(traced, "PACKAGE", p.Name)), 0o644); err != nil {
		return nil, err
	}
	return r.mutants, os.WriteFile(filepath.Join(to, "zz_mutants.go"), []byte(switchesText(p.Name, len(r.mutants))), 0o644)
}

// apply makes the changes.
func apply(source []byte, changes []change) []byte {
	slices.SortStableFunc(changes, func(a, b change) int {
		if a.offset != b.offset {
			return a.offset - b.offset
		}
		return a.order - b.order
	})
	var out bytes.Buffer
	at := 0
	for _, c := range changes {
		out.Write(source[at:c.offset])
		out.WriteString(c.text)
		at = c.end
	}
	out.Write(source[at:])
	return out.Bytes()
}

func (r *rewriter) offset(p token.Pos) int { return r.set.Position(p).Offset }

// file finds the mutants of a file, and puts them behind switches.
func (r *rewriter) file(f *ast.File, name string, source []byte) {
	var stack []ast.Node
	function := ""
	within := func(n ast.Node) string { return string(source[r.offset(n.Pos()):r.offset(n.End())]) }
	add := func(n ast.Node, pos token.Pos, tok, to token.Token) *mutant {
		m := &mutant{File: name, Offset: r.offset(pos), From: tok.String(), To: to.String(), Line: r.set.Position(pos).Line, Column: r.set.Position(pos).Column, Func: function, Expr: within(n)}
		r.mutants = append(r.mutants, m)
		return m
	}
	change1 := func(from, to, order int, text string) {
		r.changes[name] = append(r.changes[name], change{from, to, order, text})
	}
	wrap := func(n ast.Node, open, between, after string, pos token.Pos, width int) {
		depth := len(stack)
		change1(r.offset(n.Pos()), r.offset(n.Pos()), depth, open)
		order := 0
		if pos == n.Pos() {
			order = depth
		}
		change1(r.offset(pos), r.offset(pos)+width, order, between)
		change1(r.offset(n.End()), r.offset(n.End()), -depth, after)
	}
	compiles := func(tok *token.Token, to token.Token) bool {
		was := *tok
		*tok = to
		defer func() { *tok = was }()
		return r.check() == nil
	}
	// constant finds the mutants of a constant expression; where a constant is not asked for, each is a choice.
	constant := func(e ast.Expr, asked bool) {
		type spot struct {
			n   ast.Node
			pos token.Pos
			tok *token.Token
		}
		var spots []spot
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				spots = append(spots, spot{n, n.OpPos, &n.Op})
			case *ast.UnaryExpr:
				spots = append(spots, spot{n, n.OpPos, &n.Op})
			}
			return true
		})
		text := within(e)
		changed := false
		for _, s := range spots {
			for _, to := range invert[*s.tok] {
				m := add(s.n, s.pos, *s.tok, to)
				if _, unary := s.n.(*ast.UnaryExpr); unary {
					m.Dead = *s.tok != token.SUB && *s.tok != token.ADD
				} else {
					m.Dead = !compiles(s.tok, to)
				}
				if m.Dead || asked {
					continue
				}
				at, whole := r.offset(s.pos)-r.offset(e.Pos()), within(e)
				other := whole[:at] + to.String() + whole[at+len(s.tok.String()):]
				text = fmt.Sprintf("mutantPick[%s](%d, %s, %s)", types.TypeString(r.info.TypeOf(e), types.RelativeTo(r.pkg)), len(r.mutants)-1, text, other)
				m.Built, changed = true, true
			}
		}
		if changed {
			change1(r.offset(e.Pos()), r.offset(e.End()), len(stack), text)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		down := true
		if d, ok := n.(*ast.FuncDecl); ok {
			function = d.Name.Name
			if d.Recv != nil {
				function = strings.TrimPrefix(within(d.Recv.List[0].Type), "*") + "." + function
			}
		} else if len(stack) == 1 {
			function = ""
		}
		if e, ok := n.(ast.Expr); ok {
			if v := r.info.Types[e]; v.Value != nil {
				asked := slices.ContainsFunc(stack, func(n ast.Node) bool {
					d, isDecl := n.(*ast.GenDecl)
					_, isArray := n.(*ast.ArrayType)
					return isDecl && d.Tok == token.CONST || isArray
				})
				constant(e, asked)
				return false
			}
		}
		number := len(r.mutants)
		switch n := n.(type) {
		case *ast.BinaryExpr:
			width := len(n.Op.String())
			var list []*mutant
			for _, to := range invert[n.Op] {
				list = append(list, add(n, n.OpPos, n.Op, to))
			}
			if len(list) == 0 {
				break
			}
			if r.info.Types[n].IsType() { // the | of a constraint
				list[0].Dead = true
				break
			}
			on := fmt.Sprintf("mutant(%d)", number)
			switch operator := n.Op; operator {
			case token.EQL, token.NEQ:
				wrap(n, "((", operator.String(), ") != "+on+")", n.OpPos, width)
			case token.LAND, token.LOR:
				wrap(n, "((((", ") != "+on+") "+operator.String()+" ((", ") != "+on+")) != "+on+")", n.OpPos, width)
			case token.LSS, token.LEQ, token.GTR, token.GEQ:
				wrap(n, fmt.Sprintf("mutant%s(%d, ", compared[operator], number), ",", ")", n.OpPos, width)
			default:
				if isText(r.info.TypeOf(n)) {
					list[0].Dead = true
				} else {
					kind := ""
					if shift := operator == token.SHL || operator == token.SHR; shift || r.info.Types[n.X].Value != nil && r.info.Types[n.Y].Value != nil {
						kind = "[" + types.TypeString(r.info.TypeOf(n), types.RelativeTo(r.pkg)) + "]"
					}
					wrap(n, fmt.Sprintf("mutant%s%s(%d, ", arithmetic[operator], kind, number), ",", ")", n.OpPos, width)
				}
			}
			for _, m := range list {
				m.Built = !m.Dead
			}
		case *ast.UnaryExpr:
			for _, to := range invert[n.Op] {
				m := add(n, n.OpPos, n.Op, to)
				if m.Dead = n.Op != token.SUB && n.Op != token.ADD; !m.Dead {
					m.Built = true
					wrap(n, "", fmt.Sprintf("mutantNeg(%d, ", number), ")", n.OpPos, 1)
				}
			}
		case *ast.IncDecStmt:
			m := add(n, n.TokPos, n.Tok, invert[n.Tok][0])
			if !calls(n.X) {
				m.Built = true
				change1(r.offset(n.TokPos), r.offset(n.TokPos)+2, 0, fmt.Sprintf(" %c= mutantOne(%d, %s)", m.From[0], number, within(n.X)))
			}
		case *ast.AssignStmt:
			operator := n.Tok + token.ADD - token.ADD_ASSIGN
			var list []*mutant
			for _, to := range invert[n.Tok] {
				m := add(n, n.TokPos, n.Tok, to)
				m.Dead = n.Tok == to || isText(r.info.TypeOf(n.Lhs[0])) && to != token.ASSIGN // gremlins makes %= of %=
				list = append(list, m)
			}
			if len(list) == 0 || list[0].Dead || calls(n.Lhs[0]) || operator == token.REM {
				break // run by building it alone
			}
			for _, m := range list {
				m.Built = !m.Dead
			}
			x := within(n.Lhs[0])
			wrap(n, "", fmt.Sprintf(" = mutant%sTo(%d, %s, ", arithmetic[operator], number, x), ")", n.TokPos, len(n.Tok.String()))
		case *ast.BranchStmt:
			for _, to := range invert[n.Tok] {
				m := add(n, n.TokPos, n.Tok, to)
				if m.Dead = !compiles(&n.Tok, to); !m.Dead {
					m.Built = true
					label := strings.TrimPrefix(m.Expr, m.From)
					change1(r.offset(n.Pos()), r.offset(n.End()), 0, fmt.Sprintf("{ if mutant(%d) { %s%s }; %s }", number, to, label, m.Expr))
				}
			}
		}
		if down {
			stack = append(stack, n)
		}
		return down
	})
}

func (m *mutant) key() string { return fmt.Sprintf("%s:%d:%s", m.File, m.Offset, m.To) }

func isText(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// calls tells whether an expression calls something, and so must not be worked out twice.
func calls(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		_, is := n.(*ast.CallExpr)
		found = found || is
		return true
	})
	return found
}
