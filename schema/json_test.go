package schema

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWriter(t *testing.T) {
	o := object{{"b", list{1, true, nil, raw("1.50")}}, {"a", []string{"<å>", "\"\\\n\x00\u2028"}}, {"empty", object(nil)}}
	assert.Equal(t, `{"b":[1,true,null,1.50],"a":["<å>","\"\\\n\u0000`+"\u2028"+`"],"empty":{}}`, string(appendJSON(nil, o)))
	assert.True(t, json.Valid(appendJSON(nil, o)))
	assert.Equal(t, object(nil), o.get("empty"))
	assert.Nil(t, o.get("c"))
}
