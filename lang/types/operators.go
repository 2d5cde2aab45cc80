package types

// Technique: one function per family of operators answers for concrete kinds
// ([Arithmetic], [Comparable], [Orderable], contains). The checker asks by
// [BinaryResult], the evaluator by the same Arithmetic, so that what is checked
// and what is computed cannot drift apart.

// Arithmetic returns the kind of a op b, where op is one of + - * /, and
// Invalid where the operator does not take these kinds. Kinds are concrete:
// Any is [BinaryResult]'s business.
//
// Numbers mix to a float; / gives a float. Durations, sizes and percentages
// add among themselves, are multiplied with and divided by numbers, and divide
// among themselves to a float. A percentage of a float, a duration, a size or a
// percentage is one of these, of an int it is a float, so that nothing is
// rounded. A time takes a duration; the difference of two is one.
func Arithmetic(op string, a, b Kind) Kind {
	numbers := a.IsNumeric() && b.IsNumeric()
	switch {
	case numbers && op == "/":
		return Float
	case numbers && a == b:
		return a
	case numbers:
		return Float
	}
	switch op {
	case "+", "-":
		switch {
		case a == b && a.isQuantity():
			return a
		case a == Time && b == Duration, op == "+" && a == Duration && b == Time:
			return Time
		case op == "-" && a == Time && b == Time:
			return Duration
		}
	case "*":
		switch {
		case a == Percent && b == Int, a == Int && b == Percent:
			return Float
		case a == Percent && (b.isQuantity() || b == Float):
			return b
		case b == Percent && (a.isQuantity() || a == Float):
			return a
		case a.IsNumeric() && b.isQuantity():
			return b
		case b.IsNumeric() && a.isQuantity():
			return a
		}
	case "/":
		switch {
		case a == b && a.isQuantity():
			return Float
		case a.isQuantity() && b.IsNumeric():
			return a
		}
	}
	return Invalid
}

// isQuantity reports whether the kind is a number with a unit.
func (k Kind) isQuantity() bool { return k == Duration || k == Size || k == Percent }

// BinaryResult returns the type of a op b, and false where the operator does
// not take these types. op is written as in the language: or and == != < <= >
// >= in "not in" contains matches meets .. + - * /. An operand of type any is
// taken where some kind of value would be. The mark of a secret goes on, but
// not to the bool of a comparison.
func BinaryResult(op string, a, b *Type) (*Type, bool) {
	t, ok := binaryResult(op, a, b)
	if ok && t.Kind != Invalid && (a.Secret || b.Secret) && !comparison(op) {
		t = t.AsSecret()
	}
	return t, ok
}

func comparison(op string) bool {
	switch op {
	case "==", "!=", "<", "<=", ">", ">=", "in", "not in", "contains", "matches", "meets":
		return true
	}
	return false
}

func binaryResult(op string, a, b *Type) (*Type, bool) {
	if a.Kind == Invalid || b.Kind == Invalid {
		if comparison(op) || op == "and" || op == "or" {
			return BoolType, true
		}
		return InvalidType, true
	}
	ok := false
	switch op {
	case "+", "-", "*", "/":
		return arithmetic(op, a.Kind, b.Kind)
	case "..":
		return rangeOf(a, b)
	case "or", "and":
		ok = a.mayBe(Bool) && b.mayBe(Bool)
	case "==", "!=":
		ok = Comparable(a, b)
	case "<", "<=", ">", ">=":
		ok = Orderable(a, b)
	case "in", "not in":
		ok = b.Kind != String && holds(b, a)
	case "contains":
		ok = a.Kind != Range && holds(a, b)
	case "matches":
		ok = a.mayBe(String) && b.mayBe(String)
	case "meets":
		ok = b.mayBe(Bool) || b.mayBe(Int) || b.mayBe(String) || b.mayBe(List)
	}
	return BoolType, ok
}

// mayBe reports whether a value of the type can be of kind k.
func (t *Type) mayBe(k Kind) bool { return t.Kind == k || t.Kind == Any }

// arithmetic is [Arithmetic] with operands of type any: the result is any
// where more than one kind can come out.
func arithmetic(op string, a, b Kind) (*Type, bool) {
	result := Invalid
	for x := Null; x <= Time; x++ {
		for y := Null; y <= Time; y++ {
			if a != x && a != Any || b != y && b != Any {
				continue
			}
			switch k := Arithmetic(op, x, y); {
			case k == Invalid || k == result:
			case result == Invalid:
				result = k
			default:
				return AnyType, true
			}
		}
	}
	return &Type{Kind: result}, result != Invalid
}

// rangeOf returns the type of a..b.
func rangeOf(a, b *Type) (*Type, bool) {
	for _, t := range []*Type{a, b} {
		if !t.Kind.IsOrdered() || t.Kind == String {
			return InvalidType, false
		}
	}
	switch {
	case a.Kind == b.Kind:
		return RangeOf(a.Revealed()), true
	case a.Kind.IsNumeric() && b.Kind.IsNumeric():
		return RangeOf(FloatType), true
	case a.Kind == Any || b.Kind == Any:
		return RangeOf(AnyType), true
	}
	return InvalidType, false
}

// holds reports whether a container of that type can hold the item: an
// element of a list or range, a part of a string, a key of a map or record.
func holds(container, item *Type) bool {
	switch container.Kind {
	case Any:
		return true
	case List:
		return Comparable(item, container.Elem)
	case Range:
		return Orderable(item, container.Elem)
	case String, Map, Record:
		return item.mayBe(String)
	}
	return false
}

// Comparable reports whether a value of type a can ever equal one of type b:
// where not, == is a mistake. Ints and floats compare by value, a percentage
// with a float as its fraction, records with maps.
func Comparable(a, b *Type) bool {
	switch {
	case a.Kind == Invalid || b.Kind == Invalid || a.Kind == Any || b.Kind == Any:
		return true
	case a.Kind == Union:
		return anyAlt(a, func(t *Type) bool { return Comparable(t, b) })
	case b.Kind == Union:
		return anyAlt(b, func(t *Type) bool { return Comparable(a, t) })
	case a.Kind == Record && b.Kind == Map:
		return fieldsComparable(a, b.Elem)
	case a.Kind == Map && b.Kind == Record:
		return fieldsComparable(b, a.Elem)
	case a.Kind != b.Kind:
		return orderedKinds(a.Kind, b.Kind)
	}
	switch a.Kind {
	case List, Map, Range:
		return Comparable(a.Elem, b.Elem)
	case Handle:
		return a.Name == b.Name || a.Name == "" || b.Name == ""
	case Record:
		if len(a.Fields) != len(b.Fields) {
			return false
		}
		for _, f := range a.Fields {
			i := b.Field(f.Name)
			if i < 0 || !Comparable(f.Type, b.Fields[i].Type) {
				return false
			}
		}
	}
	return true
}

func fieldsComparable(record, elem *Type) bool {
	for _, f := range record.Fields {
		if !Comparable(f.Type, elem) {
			return false
		}
	}
	return true
}

func anyAlt(union *Type, ok func(*Type) bool) bool {
	for _, t := range union.Alts {
		if ok(t) {
			return true
		}
	}
	return false
}

// Orderable reports whether values of the two types can be compared with <.
func Orderable(a, b *Type) bool {
	switch {
	case a.Kind == Union:
		return anyAlt(a, func(t *Type) bool { return Orderable(t, b) })
	case b.Kind == Union:
		return anyAlt(b, func(t *Type) bool { return Orderable(a, t) })
	case !a.Kind.IsOrdered() || !b.Kind.IsOrdered():
		return false
	case a.Kind == Any || b.Kind == Any || a.Kind == Invalid || b.Kind == Invalid:
		return true
	}
	return a.Kind == b.Kind || orderedKinds(a.Kind, b.Kind)
}

// orderedKinds says which values of different kinds have an order. That an
// int has none with a percentage catches `error-rate < 5`.
func orderedKinds(a, b Kind) bool {
	return a.IsNumeric() && b.IsNumeric() || a == Percent && b == Float || a == Float && b == Percent
}
