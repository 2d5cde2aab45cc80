// Package types holds the types of the language, the signatures of functions
// and the rules by which a value of one type may stand where another is wanted.
//
// A type is an immutable pointer. Basic types are shared, so that most
// questions are answered by comparing kinds.
package types

import "strings"

// Kind is the shape of a type.
type Kind uint8

// The kinds. Invalid is the poison type: it goes everywhere and is never
// spoken of again, so that one mistake gives one diagnostic.
const (
	Invalid Kind = iota
	Any          // a shape known only at run time
	Null
	Bool
	Int
	Float
	String
	Duration
	Size
	Percent
	Time
	List   // Elem
	Map    // Elem; keys are strings
	Range  // Elem: int, float, duration, size, percent or time
	Record // Fields
	Handle // Name says of what: "process"
	Union  // Alts; only as the type of a parameter
)

// Type is a type. Compare with [Same], not with ==.
type Type struct {
	Kind   Kind
	Elem   *Type
	Fields []Field
	Alts   []*Type
	Name   string // of a handle, or of a record that has one ("http.response")
	Secret bool   // the value must not be shown
}

// Field is a field of a record.
type Field struct {
	Name string
	Type *Type
	Doc  string
}

// The basic types.
var (
	InvalidType  = &Type{Kind: Invalid}
	AnyType      = &Type{Kind: Any}
	NullType     = &Type{Kind: Null}
	BoolType     = &Type{Kind: Bool}
	IntType      = &Type{Kind: Int}
	FloatType    = &Type{Kind: Float}
	StringType   = &Type{Kind: String}
	DurationType = &Type{Kind: Duration}
	SizeType     = &Type{Kind: Size}
	PercentType  = &Type{Kind: Percent}
	TimeType     = &Type{Kind: Time}
)

// basic are the types that have a name of their own, in the order of the
// language's documentation.
var basic = []struct {
	name string
	t    *Type
}{
	{"bool", BoolType}, {"int", IntType}, {"float", FloatType}, {"string", StringType},
	{"duration", DurationType}, {"size", SizeType}, {"percent", PercentType}, {"time", TimeType},
	{"null", NullType}, {"any", AnyType}, {"handle", HandleOf("")},
}

// Basic returns the type of that name, or nil: "int", "duration", "any", …
func Basic(name string) *Type {
	for _, b := range basic {
		if b.name == name {
			return b.t
		}
	}
	return nil
}

// Names returns the words that can be written as a type, in the order of the
// documentation; list, map and range take a type in angle brackets.
func Names() []string {
	names := make([]string, 0, len(basic)+3)
	for _, b := range basic {
		names = append(names, b.name)
	}
	return append(names, "list", "map", "range")
}

// ListOf, MapOf and RangeOf return the type with that element.
func ListOf(elem *Type) *Type { return &Type{Kind: List, Elem: elem} }

// MapOf returns the type of maps from strings to elem.
func MapOf(elem *Type) *Type { return &Type{Kind: Map, Elem: elem} }

// RangeOf returns the type of inclusive ranges between values of elem.
func RangeOf(elem *Type) *Type { return &Type{Kind: Range, Elem: elem} }

// HandleOf returns the type of handles of a kind of thing; "" is any handle.
func HandleOf(name string) *Type { return &Type{Kind: Handle, Name: name} }

// RecordOf returns the type of a record; name may be empty.
func RecordOf(name string, fields ...Field) *Type {
	return &Type{Kind: Record, Name: name, Fields: fields}
}

// OneOf returns the type of a parameter that takes any of several types.
func OneOf(alts ...*Type) *Type { return &Type{Kind: Union, Alts: alts} }

// AsSecret returns the type with the mark of a secret; a secret type is
// returned as it is.
func (t *Type) AsSecret() *Type {
	if t.Secret || t.Kind == Invalid {
		return t
	}
	c := *t
	c.Secret = true
	return &c
}

// Revealed returns the type without the mark of a secret.
func (t *Type) Revealed() *Type {
	if !t.Secret {
		return t
	}
	c := *t
	c.Secret = false
	return &c
}

// HasSecret reports whether a value of the type can hold a secret anywhere.
func (t *Type) HasSecret() bool {
	if t == nil {
		return false
	}
	if t.Secret || t.Elem.HasSecret() {
		return true
	}
	for _, f := range t.Fields {
		if f.Type.HasSecret() {
			return true
		}
	}
	return false
}

// Field returns the index of a record's field, or -1.
func (t *Type) Field(name string) int {
	for i := range t.Fields {
		if t.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// IsNumeric reports whether the kind is int or float.
func (k Kind) IsNumeric() bool { return k == Int || k == Float }

// IsOrdered reports whether values of the kind can be compared with <.
func (k Kind) IsOrdered() bool {
	switch k {
	case Int, Float, String, Duration, Size, Percent, Time, Any, Invalid:
		return true
	}
	return false
}

var kindNames = [...]string{"invalid", "any", "null", "bool", "int", "float", "string", "duration",
	"size", "percent", "time", "list", "map", "range", "record", "handle", "union"}

func (k Kind) String() string { return kindNames[k] }

// String writes the type as in the language; records as {name: type, …} or by
// their name.
func (t *Type) String() string {
	switch t.Kind {
	case List, Map, Range:
		return t.Kind.String() + "<" + t.Elem.String() + ">"
	case Record:
		if t.Name != "" {
			return t.Name
		}
		parts := make([]string, len(t.Fields))
		for i, f := range t.Fields {
			parts[i] = f.Name + ": " + f.Type.String()
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case Handle:
		if t.Name != "" {
			return t.Name + " handle"
		}
	case Union:
		parts := make([]string, len(t.Alts))
		for i, a := range t.Alts {
			parts[i] = a.String()
		}
		return strings.Join(parts, " or ")
	}
	return t.Kind.String()
}

// Same reports whether two types are the same, secret marks aside.
func Same(a, b *Type) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.Kind != b.Kind || a.Name != b.Name ||
		len(a.Fields) != len(b.Fields) || len(a.Alts) != len(b.Alts) {
		return false
	}
	if a.Elem != nil && !Same(a.Elem, b.Elem) {
		return false
	}
	for i := range a.Fields {
		if a.Fields[i].Name != b.Fields[i].Name || !Same(a.Fields[i].Type, b.Fields[i].Type) {
			return false
		}
	}
	for i := range a.Alts {
		if !Same(a.Alts[i], b.Alts[i]) {
			return false
		}
	}
	return true
}
