package types

// Assignable reports whether a value of type from may stand where to is
// wanted: the same type; an int for a float; a record for a map when all its
// fields fit; element-wise for lists, maps and ranges; `any` in both
// directions (the check moves to run time). Secret marks are not looked at.
func Assignable(from, to *Type) bool {
	switch {
	case from.Kind == Invalid || to.Kind == Invalid, from.Kind == Any || to.Kind == Any:
		return true
	case to.Kind == Union:
		for _, a := range to.Alts {
			if Assignable(from, a) {
				return true
			}
		}
		return false
	case from.Kind == Int && to.Kind == Float:
		return true
	case from.Kind == Record && to.Kind == Map:
		for _, f := range from.Fields {
			if !Assignable(f.Type, to.Elem) {
				return false
			}
		}
		return true
	case from.Kind != to.Kind:
		return false
	}
	switch to.Kind {
	case List, Map, Range:
		return Assignable(from.Elem, to.Elem)
	case Handle:
		return to.Name == "" || from.Name == to.Name
	case Record:
		for _, want := range to.Fields {
			i := from.Field(want.Name)
			if i < 0 || !Assignable(from.Fields[i].Type, want.Type) {
				return false
			}
		}
	}
	return true
}

// Join returns the type of a value that is either an a or a b: the wider of
// the two where one goes into the other, else any. An empty list or map has
// elements of type Invalid and so takes the other's.
func Join(a, b *Type) *Type {
	t := join(a, b)
	if a.Secret || b.Secret {
		return t.AsSecret()
	}
	return t
}

func join(a, b *Type) *Type {
	switch {
	case a.Kind == Invalid:
		return b
	case b.Kind == Invalid, Same(a, b):
		return a
	case a.Kind == Any, b.Kind == Any:
		return AnyType
	case a.Kind.IsNumeric() && b.Kind.IsNumeric():
		return FloatType
	case a.Kind == b.Kind && (a.Kind == List || a.Kind == Map || a.Kind == Range):
		return &Type{Kind: a.Kind, Elem: Join(a.Elem, b.Elem)}
	}
	return AnyType
}
