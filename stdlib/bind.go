package stdlib

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Missing stands for an argument that was not given.
var Missing = missing{}

type missing struct{}

// decoder puts a value of the language into a Go variable.
type decoder func(v any, into reflect.Value) error

// encoder makes a value of the language from a Go value.
type encoder func(v reflect.Value) any

// Bind checks the arguments, which stand in the order of the signature's
// parameters ([Missing] where one is not given; a list for one that takes the
// rest), and returns a pointer to the function's arguments struct. Its errors
// name the parameter.
func (f *Function) Bind(args []any) (any, error) {
	sig := f.Signature()
	if len(args) > len(sig.Params) {
		return nil, fmt.Errorf("there are %d arguments for %d parameters", len(args), len(sig.Params))
	}
	bound := f.newArgs()
	into := reflect.ValueOf(bound).Elem()
	for i := range sig.Params {
		p, fd := &sig.Params[i], &f.derived.fields[i]
		var v any = Missing
		if i < len(args) {
			v = args[i]
		}
		if v == Missing {
			switch {
			case fd.fallback != nil:
				v = fd.fallback
			case p.Optional:
				continue
			default:
				return nil, fmt.Errorf("argument %s is missing", p.Name)
			}
		}
		v, err := value.Check(v, p.Type)
		if err != nil {
			return nil, fmt.Errorf("argument %s: %w", p.Name, err)
		}
		if err := fd.decode(v, into.FieldByIndex(fd.index)); err != nil {
			return nil, fmt.Errorf("argument %s: %w", p.Name, err)
		}
	}
	return bound, nil
}

func pointerDecoder(inner decoder) decoder {
	return func(v any, into reflect.Value) error {
		p := reflect.New(into.Type().Elem())
		if err := inner(v, p.Elem()); err != nil {
			return err
		}
		into.Set(p)
		return nil
	}
}

// decoderOf returns how values get into variables of a Go type.
func decoderOf(t reflect.Type) (decoder, error) {
	if t.Kind() == reflect.Int && t == reflect.TypeFor[int]() {
		return func(v any, into reflect.Value) error {
			n, ok := v.(int64)
			if !ok || n > math.MaxInt || n < math.MinInt {
				return fmt.Errorf("wants an int, not %s", value.Describe(v))
			}
			into.SetInt(n)
			return nil
		}, nil
	}
	if t == reflect.TypeFor[Attempt]() {
		return attemptDecoder, nil
	}
	if known := goType(t); known != nil {
		return func(v any, into reflect.Value) error {
			if v == nil {
				into.SetZero()
				return nil
			}
			rv := reflect.ValueOf(v)
			if !rv.Type().AssignableTo(t) {
				return fmt.Errorf("wants %s, not %s", known, value.Describe(v))
			}
			into.Set(rv)
			return nil
		}, nil
	}
	switch t.Kind() {
	case reflect.Slice:
		inner, err := decoderOf(t.Elem())
		if err != nil {
			return nil, err
		}
		return func(v any, into reflect.Value) error {
			list, ok := v.([]any)
			if !ok {
				return fmt.Errorf("wants a list, not %s", value.Describe(v))
			}
			s := reflect.MakeSlice(t, len(list), len(list))
			for i, e := range list {
				if err := inner(e, s.Index(i)); err != nil {
					return fmt.Errorf("element %d: %w", i, err)
				}
			}
			into.Set(s)
			return nil
		}, nil
	case reflect.Map:
		inner, err := decoderOf(t.Elem())
		if err != nil {
			return nil, err
		}
		return func(v any, into reflect.Value) error {
			m, ok := v.(*value.Map)
			if !ok {
				return fmt.Errorf("wants a map, not %s", value.Describe(v))
			}
			out := reflect.MakeMapWithSize(t, m.Len())
			for _, k := range m.Keys() {
				e, _ := m.Get(k)
				ev := reflect.New(t.Elem()).Elem()
				if err := inner(e, ev); err != nil {
					return fmt.Errorf("entry %q: %w", k, err)
				}
				out.SetMapIndex(reflect.ValueOf(k), ev)
			}
			into.Set(out)
			return nil
		}, nil
	}
	return nil, fmt.Errorf("the language has no type for %s", t)
}

// resultOf returns the type and the encoder of a Go type that a function
// returns.
func resultOf(t reflect.Type) (*types.Type, encoder, error) {
	lt, err := typeOf(t, "")
	if err != nil {
		return nil, nil, err
	}
	enc, err := encoderOf(t, lt)
	return lt, enc, err
}

func encoderOf(t reflect.Type, lt *types.Type) (encoder, error) {
	switch {
	case t == reflect.TypeFor[int]():
		return func(v reflect.Value) any { return v.Int() }, nil
	case t == reflect.TypeFor[None]():
		return func(reflect.Value) any { return nil }, nil
	case goType(t) != nil && t.Kind() == reflect.Pointer:
		return func(v reflect.Value) any {
			if v.IsNil() {
				return nil
			}
			return v.Interface()
		}, nil
	case goType(t) != nil:
		return func(v reflect.Value) any { return v.Interface() }, nil
	}
	switch t.Kind() {
	case reflect.Slice:
		inner, err := encoderOf(t.Elem(), lt.Elem)
		if err != nil {
			return nil, err
		}
		return func(v reflect.Value) any {
			list := make([]any, v.Len())
			for i := range list {
				list[i] = inner(v.Index(i))
			}
			return list
		}, nil
	case reflect.Map:
		inner, err := encoderOf(t.Elem(), lt.Elem)
		if err != nil {
			return nil, err
		}
		return func(v reflect.Value) any { return encodeMap(v, inner) }, nil
	case reflect.Struct:
		return recordEncoder(t, lt)
	}
	return nil, fmt.Errorf("the language has no type for %s", t)
}

// encode makes the language's value of a function's Go result.
func (f *Function) encode(r any) (any, error) {
	f.Signature()
	if r == nil {
		return nil, nil
	}
	return f.derived.enc(reflect.ValueOf(r)), nil
}

// encodeMap makes a map with its keys in order.
func encodeMap(v reflect.Value, inner encoder) any {
	keys := make([]string, 0, v.Len())
	for _, k := range v.MapKeys() {
		keys = append(keys, k.String())
	}
	slices.Sort(keys)
	m := value.NewMap(len(keys))
	for _, k := range keys {
		m.Set(k, inner(v.MapIndex(reflect.ValueOf(k))))
	}
	return m
}

func recordEncoder(t reflect.Type, lt *types.Type) (encoder, error) {
	type part struct {
		index int
		enc   encoder
	}
	var parts []part
	for i := range t.NumField() {
		name, ok := t.Field(i).Tag.Lookup("chaos")
		if !ok {
			continue
		}
		enc, err := encoderOf(t.Field(i).Type, lt.Fields[lt.Field(name)].Type)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{i, enc})
	}
	return func(v reflect.Value) any {
		r := &value.Record{Type: lt, Vals: make([]any, len(parts))}
		for i, p := range parts {
			r.Vals[i] = p.enc(v.Field(p.index))
		}
		return r
	}, nil
}
