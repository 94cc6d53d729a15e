package schema_test

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/modenhet/modenhet/maturity/models"
	"github.com/modenhet/modenhet/schema"
)

// writeSchema is the program of docs/schemas.md.
func writeSchema(w io.Writer) error {
	model, err := models.Load(models.Default)
	if err != nil {
		return err
	}
	data, err := schema.For(model, &schema.Options{Profile: schema.Strict, Language: "en"})
	if err != nil {
		return err // a *maturity.InvalidError, like all errors of this module
	}
	_, err = w.Write(data)
	return err
}

func ExampleFor() {
	model, err := models.Load(models.Default)
	if err != nil {
		panic(err)
	}
	data, err := schema.For(model, &schema.Options{Language: "en", Answers: true})
	if err != nil {
		panic(err)
	}
	var form struct {
		Title      string
		Properties map[string]struct {
			Title string
			OneOf []struct{ Const, Title string }
		}
	}
	if err := json.Unmarshal(data, &form); err != nil {
		panic(err)
	}
	owner := form.Properties["anchoring-owner"]
	fmt.Println(form.Title)
	fmt.Println(owner.Title)
	for _, option := range owner.OneOf[:2] {
		fmt.Println("-", option.Const+":", option.Title)
	}
	// Output:
	// Digital maturity in the municipality
	// Who is responsible for digital transformation?
	// - open: Responsibility follows the matter
	// - named: A named person
}
