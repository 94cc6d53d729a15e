package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/modenhet/modenhet/internal/needs"
	"github.com/modenhet/modenhet/maturity"
	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTypesCompile has strict TypeScript check the types, their uses in testdata/uses.ts, and every embedded document,
// with what the engine makes of it.
func TestTypesCompile(t *testing.T) {
	node, modules := needs.Program(t, "node"), needs.Modules(t, "schema/test")
	dir := t.TempDir()
	write := func(name string, data []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o666))
	}
	types := func(m *maturity.Model) []byte {
		text, err := schema.AnswerTypes(m, nil)
		require.NoError(t, err)
		return text
	}
	uses, err := os.ReadFile(filepath.Join("testdata", "uses.ts"))
	require.NoError(t, err)
	write("uses.ts", uses)
	write("documents.ts", schema.DocumentTypes())
	write("recovery.ts", types(parse(t, formsModel)))
	text := fmt.Appendf(nil, "import type * as documents from './documents.ts';\n")
	for i, id := range models.IDs() {
		m, err := models.Load(id)
		require.NoError(t, err)
		write(id+".ts", types(m))
		text = fmt.Appendf(text, "import type { Assessment as Assessment%d } from './%s.ts';\nvoid (%s satisfies documents.Model);\n", i, id, marshal(t, m))
		s := maturity.MustCompile(m, nil)
		for _, name := range models.Assessments(id) {
			data, err := models.Assessment(id, name)
			require.NoError(t, err)
			a, err := s.ParseAssessment(data)
			require.NoError(t, err)
			result, err := s.Score(a)
			require.NoError(t, err)
			text = fmt.Appendf(text, "void (%[1]s satisfies documents.Assessment);\nvoid (%[1]s satisfies Assessment%[2]d);\nvoid (%[3]s satisfies documents.Result);\n", bytes.TrimSpace(data), i, marshal(t, result))
			for _, node := range []string{m.ID, s.Questions()[1]} {
				e, err := s.Explain(a, node)
				require.NoError(t, err)
				text = fmt.Appendf(text, "void (%s satisfies documents.Explanation);\n", marshal(t, e))
			}
		}
	}
	write("embedded.ts", text)
	write("tsconfig.json", []byte(`{"compilerOptions": {"strict": true, "noEmit": true, "target": "esnext", "module": "esnext", "moduleResolution": "bundler",
	  "allowImportingTsExtensions": true, "verbatimModuleSyntax": true, "exactOptionalPropertyTypes": false, "types": []}, "include": ["*.ts"]}`))
	output, err := exec.Command(node, filepath.Join(modules, "typescript", "bin", "tsc"), "-p", dir).CombinedOutput()
	assert.NoError(t, err, string(output))
}

func marshal(t *testing.T, v any) []byte {
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return data
}

func TestAnswerTypesLanguage(t *testing.T) {
	text, err := schema.AnswerTypes(parse(t, formsModel), &schema.Options{Language: "nb"})
	require.NoError(t, err)
	assert.Contains(t, string(text), `export interface Answers {
  /** Finnes det kopier? */
  'backed-up'?: boolean;
  /**
   * How large?
   *
   * From 1 to 3.
   */
  size?: 1 | 2 | 3;
`)
	assert.Contains(t, string(text), `
  /**
   * - `+"`never`: Aldri"+`
   * - `+"`it's *\u200b/ yearly`: Hvert år"+`
   */
  tested?: 'never' | 'it\'s */ yearly';
`)
}
