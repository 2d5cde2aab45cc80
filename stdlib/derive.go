package stdlib

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: signatures by reflection over tagged structs, once per function
// and only when asked for, since most commands need few of all functions.

// derived is what a function's Go types say, computed once.
type derived struct {
	once   sync.Once
	args   reflect.Type
	result reflect.Type

	sig    *types.Signature
	fields []field // of the arguments, in the order of sig.Params
	enc    encoder
	err    error
}

// field says how one argument gets into the struct.
type field struct {
	index    []int // path, through embedded structs
	decode   decoder
	fallback any // value of the default, nil for none
}

func deriveFrom[A, R any]() derived {
	return derived{args: reflect.TypeFor[A](), result: reflect.TypeFor[R]()}
}

// Signature returns the function's signature. It panics when the declaration
// is malformed; [Function.Check] says so without a panic.
func (f *Function) Signature() *types.Signature {
	f.derived.once.Do(f.derive)
	if f.derived.err != nil {
		panic(f.derived.err)
	}
	return f.derived.sig
}

// Check reports what is wrong with the declaration of the function.
func (f *Function) Check() error {
	f.derived.once.Do(f.derive)
	return f.derived.err
}

func (f *Function) derive() {
	d, spec := &f.derived, f.spec
	sig := &types.Signature{Name: spec.Name, Kind: spec.Kind, Summary: spec.Summary, Doc: spec.Doc,
		Example: spec.Example, Infer: spec.Infer}
	if f.inverse != nil {
		sig.Undo, sig.UndoHandle = f.inverse.does, f.inverse.handle
	}
	fail := func(format string, args ...any) {
		if d.err == nil {
			d.err = fmt.Errorf("function %s: %s", spec.Name, fmt.Sprintf(format, args...))
		}
	}
	if d.args.Kind() != reflect.Struct {
		fail("arguments are a %s, not a struct", d.args)
		return
	}
	for _, sf := range reflect.VisibleFields(d.args) {
		tag, ok := sf.Tag.Lookup("chaos")
		if !ok {
			continue
		}
		p, fd, err := param(sf, tag)
		if err != nil {
			fail("field %s: %v", sf.Name, err)
			return
		}
		fd.index = sf.Index
		if strings.Contains(tag, ",length") {
			sig.Length = p.Name
		}
		if strings.Contains(tag, ",limit") {
			sig.Limit = p.Name
		}
		switch before := sig.Params; {
		case sig.Param(p.Name) >= 0:
			fail("parameter %s stands twice", p.Name)
		case sig.Length == p.Name && p.Type.Kind != types.Duration:
			fail("parameter %s is the length of the call but no duration", p.Name)
		case sig.Limit == p.Name && p.Type.Kind != types.Duration:
			fail("parameter %s is a limit of time but no duration", p.Name)
		case !p.Named && len(before) > 0 && before[len(before)-1].Named:
			fail("parameter %s can be given by position but stands behind one that can not", p.Name)
		case !p.Named && len(before) > 0 && before[len(before)-1].Rest:
			fail("parameter %s stands behind the one that takes the rest", p.Name)
		case !p.Named && !p.Optional && len(before) > 0 && before[len(before)-1].Optional:
			fail("parameter %s must be given but stands behind one that may be left out", p.Name)
		}
		sig.Params = append(sig.Params, p)
		d.fields = append(d.fields, fd)
	}
	t, enc, err := resultOf(d.result)
	if err != nil {
		fail("result: %v", err)
	}
	if spec.Result != "" {
		if t, err = types.Parse(spec.Result); err != nil {
			fail("result: %v", err)
		}
	}
	sig.Result, d.enc, d.sig = t, enc, sig
	if f.inverse != nil && f.inverse.handle != "" && sig.Param(f.inverse.handle) < 0 {
		fail("undo needs parameter %s, which there is not", f.inverse.handle)
	}
}

// flags are the words that may follow the name in a chaos tag.
var flags = []string{"optional", "named", "rest", "secret", "length", "limit"}

// param reads one field of an arguments struct.
func param(sf reflect.StructField, tag string) (types.Param, field, error) {
	name, rest, _ := strings.Cut(tag, ",")
	p := types.Param{Name: name, Doc: sf.Tag.Get("doc"), Default: sf.Tag.Get("default")}
	var fd field
	for _, flag := range strings.Split(rest, ",") {
		switch {
		case flag == "":
		case !slices.Contains(flags, flag):
			return p, fd, fmt.Errorf("unknown flag %q", flag)
		}
		p.Optional = p.Optional || flag == "optional" || flag == "rest"
		p.Named = p.Named || flag == "named"
		p.Rest = p.Rest || flag == "rest"
		p.Secret = p.Secret || flag == "secret"
	}
	if p.Doc == "" {
		return p, fd, fmt.Errorf("has no doc")
	}
	if e := sf.Tag.Get("effect"); e != "" {
		for k := types.Reads; k <= types.Evaluates; k++ {
			if k.String() == e {
				p.Effect = k
			}
		}
		if p.Effect == types.NoEffect {
			return p, fd, fmt.Errorf("unknown effect %q", e)
		}
	}
	gt := sf.Type
	p.MayFail = gt == reflect.TypeFor[Attempt]()
	if gt.Kind() == reflect.Pointer && gt != reflect.TypeFor[*value.Map]() && gt != reflect.TypeFor[*value.Record]() {
		gt, p.Optional = gt.Elem(), true
		inner, err := decoderOf(gt)
		if err != nil {
			return p, fd, err
		}
		fd.decode = pointerDecoder(inner)
	} else {
		var err error
		if fd.decode, err = decoderOf(gt); err != nil {
			return p, fd, err
		}
	}
	var err error
	if p.Type, err = typeOf(gt, sf.Tag.Get("type")); err != nil {
		return p, fd, err
	}
	if p.Rest && p.Type.Kind != types.List {
		return p, fd, fmt.Errorf("takes the rest but is no list")
	}
	if p.Default != "" {
		p.Optional = true
		if fd.fallback, err = value.Parse(p.Default, p.Type); err != nil {
			return p, fd, fmt.Errorf("default: %w", err)
		}
	}
	return p, fd, nil
}

// goType returns the type of the language that a Go type stands for by itself,
// or nil.
func goType(t reflect.Type) *types.Type {
	switch t {
	case reflect.TypeFor[bool]():
		return types.BoolType
	case reflect.TypeFor[int64](), reflect.TypeFor[int]():
		return types.IntType
	case reflect.TypeFor[float64]():
		return types.FloatType
	case reflect.TypeFor[string]():
		return types.StringType
	case reflect.TypeFor[time.Duration]():
		return types.DurationType
	case reflect.TypeFor[value.Size]():
		return types.SizeType
	case reflect.TypeFor[value.Percent]():
		return types.PercentType
	case reflect.TypeFor[time.Time]():
		return types.TimeType
	case reflect.TypeFor[any](), reflect.TypeFor[*value.Lazy](), reflect.TypeFor[Attempt]():
		return types.AnyType
	case reflect.TypeFor[value.Handle]():
		return types.HandleOf("")
	case reflect.TypeFor[value.Range]():
		return types.RangeOf(types.AnyType)
	case reflect.TypeFor[*value.Map]():
		return types.MapOf(types.AnyType)
	case reflect.TypeFor[None]():
		return types.NullType
	}
	return nil
}

// typeOf returns the type of the language for a Go type; written is the type
// tag, which wins.
func typeOf(t reflect.Type, written string) (*types.Type, error) {
	if written != "" {
		return types.Parse(written)
	}
	if known := goType(t); known != nil {
		return known, nil
	}
	switch t.Kind() {
	case reflect.Slice:
		elem, err := typeOf(t.Elem(), "")
		if err != nil {
			return nil, err
		}
		return types.ListOf(elem), nil
	case reflect.Map:
		elem, err := typeOf(t.Elem(), "")
		if err != nil {
			return nil, err
		}
		if t.Key().Kind() != reflect.String {
			return nil, fmt.Errorf("keys of %s are no strings", t)
		}
		return types.MapOf(elem), nil
	case reflect.Struct:
		return recordOf(t)
	}
	return nil, fmt.Errorf("the language has no type for %s", t)
}

func recordOf(t reflect.Type) (*types.Type, error) {
	var fields []types.Field
	for i := range t.NumField() {
		sf := t.Field(i)
		name, ok := sf.Tag.Lookup("chaos")
		if !ok {
			continue
		}
		ft, err := typeOf(sf.Type, sf.Tag.Get("type"))
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", sf.Name, err)
		}
		fields = append(fields, types.Field{Name: name, Type: ft, Doc: sf.Tag.Get("doc")})
	}
	return types.RecordOf("", fields...), nil
}
