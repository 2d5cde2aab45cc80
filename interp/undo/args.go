package undo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: values that JSON has no form of their own for are objects with
// the key "$" that names their type; a map that has such a key itself is
// wrapped the same way. So what is read back is what was written, also for a
// parameter that takes anything.

// Secret stands in the arguments of an undo for a secret that is not written
// to disk: only where it comes from is.
type Secret struct {
	Env  string `json:"env,omitempty"` // variable of the environment
	File string `json:"file,omitempty"`
	Name string `json:"name,omitempty"` // "group.name" of a secret given by --var, or "" where it cannot be read again
}

// Joined stands for a string made of texts and secrets.
type Joined struct{ Parts []any }

// EncodeArgs writes the arguments of a call, which stand in the order of its
// parameters, as a JSON object. Those that are [stdlib.Missing] are left out.
func EncodeArgs(sig *types.Signature, args []any) (json.RawMessage, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, a := range args {
		if a == stdlib.Missing {
			continue
		}
		data, err := json.Marshal(portable(a))
		if err != nil {
			return nil, fmt.Errorf("argument %s: %w", sig.Params[i].Name, err)
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		name, _ := json.Marshal(sig.Params[i].Name)
		b.Write(name)
		b.WriteByte(':')
		b.Write(data)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

type tagged struct {
	Type string `json:"$"`
	V    any    `json:"v"`
}

// pair is an entry of a map whose order counts.
type pair struct {
	K string `json:"k"`
	V any    `json:"v"`
}

// portable makes data for encoding/json of a value.
func portable(v any) any {
	switch v := v.(type) {
	case nil, bool, string:
		return v
	case int64:
		return json.RawMessage(value.Literal(v))
	case float64:
		return tagged{"float", value.FormatFloat(v)}
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = portable(e)
		}
		return list
	case *value.Map:
		pairs := make([]pair, 0, v.Len())
		for _, k := range v.Keys() {
			e, _ := v.Get(k)
			pairs = append(pairs, pair{k, portable(e)})
		}
		return tagged{"map", pairs}
	case *value.Record:
		var pairs []pair
		for i, f := range v.Type.Fields {
			if _, lazy := v.Vals[i].(*value.Lazy); !lazy {
				pairs = append(pairs, pair{f.Name, portable(v.Vals[i])})
			}
		}
		return tagged{"map", pairs}
	case value.Range:
		return tagged{"range", []any{portable(v.From), portable(v.To)}}
	case value.Handle:
		return tagged{"handle", v}
	case Secret:
		return tagged{"secret", v}
	case Joined:
		return tagged{"joined", portable(v.Parts)}
	}
	return tagged{value.KindOf(v).String(), value.Text(v)}
}

// decodeArgs reads what EncodeArgs wrote.
func (u *Unwinder) decodeArgs(ctx context.Context, e *Entry, f *stdlib.Function) ([]any, error) {
	if f == nil {
		return nil, fmt.Errorf("function %s is not known to this chaosc", e.Function)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(e.State, &object); err != nil {
		return nil, fmt.Errorf("the arguments of %s cannot be read: %w", e.Function, err)
	}
	params := f.Signature().Params
	args := make([]any, len(params))
	for i, p := range params {
		data, ok := object[p.Name]
		if !ok {
			args[i] = stdlib.Missing
			continue
		}
		v, err := u.decode(ctx, data)
		if err != nil {
			return nil, fmt.Errorf("argument %s of %s: %w", p.Name, e.Function, err)
		}
		args[i] = v
	}
	return args, nil
}

func (u *Unwinder) decode(ctx context.Context, data json.RawMessage) (any, error) {
	switch data = bytes.TrimSpace(data); {
	case len(data) > 0 && data[0] == '[':
		return u.decodeList(ctx, data)
	case len(data) == 0 || data[0] != '{':
		return value.FromJSON(data)
	}
	var t struct {
		Type string          `json:"$"`
		V    json.RawMessage `json:"v"`
	}
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, err
	}
	switch t.Type {
	case "map":
		var pairs []struct {
			K string          `json:"k"`
			V json.RawMessage `json:"v"`
		}
		if err := json.Unmarshal(t.V, &pairs); err != nil {
			return nil, err
		}
		m := value.NewMap(len(pairs))
		for _, p := range pairs {
			v, err := u.decode(ctx, p.V)
			if err != nil {
				return nil, err
			}
			m.Set(p.K, v)
		}
		return m, nil
	case "range":
		ends, err := u.decodeList(ctx, t.V)
		if err != nil || len(ends) != 2 {
			return nil, errors.Join(errors.New("a range has two ends"), err)
		}
		return value.NewRange(ends[0], ends[1])
	case "handle":
		var h value.Handle
		err := json.Unmarshal(t.V, &h)
		return h, err
	case "secret":
		var s Secret
		if err := json.Unmarshal(t.V, &s); err != nil {
			return nil, err
		}
		return u.reveal(ctx, s)
	case "joined":
		parts, err := u.decodeList(ctx, t.V)
		var b strings.Builder
		for _, p := range parts {
			b.WriteString(value.Text(p))
		}
		return b.String(), err
	}
	kind := types.Basic(t.Type)
	var text string
	if err := json.Unmarshal(t.V, &text); err != nil || kind == nil {
		return nil, errors.Join(fmt.Errorf("unknown value of type %q", t.Type), err)
	}
	if t.Type == "time" { // with its zone
		return time.Parse(time.RFC3339Nano, text)
	}
	return value.Parse(text, kind)
}

func (u *Unwinder) decodeList(ctx context.Context, data json.RawMessage) ([]any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, err
	}
	list := make([]any, len(raw))
	for i, r := range raw {
		var err error
		if list[i], err = u.decode(ctx, r); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (u *Unwinder) reveal(ctx context.Context, s Secret) (any, error) {
	if u.Reveal == nil {
		return nil, errors.New("it is a secret, which was not written down")
	}
	return u.Reveal(ctx, s)
}
