package types_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/lang/types"
)

// TestBinaryResult reads "a op b = result"; no result says that the operator
// does not take the types. A leading ! marks a secret.
func TestBinaryResult(t *testing.T) {
	t.Parallel()
	cases := `
		int + int = int
		int - float = float
		int * int = int
		int / int = float
		duration + duration = duration
		duration + int =
		duration * int = duration
		float * duration = duration
		duration * duration =
		duration / duration = float
		duration / int = duration
		int / duration =
		size - size = size
		size + duration =
		size / float = size
		percent + percent = percent
		percent * int = float
		percent * float = float
		size * percent = size
		percent * duration = duration
		percent * percent = percent
		percent / percent = float
		percent + float =
		time - time = duration
		time + time =
		time - duration = time
		duration + time = time
		duration - time =
		string + string =
		bool + int =
		null + int =
		list<int> + list<int> =
		any - time = duration
		any + int = any
		any * any = any
		any + float = float
		any + string =
		any / duration = float
		!int + int = !int
		!int == int = bool
		!bool and bool = !bool
		bool and any = bool
		bool or int =
		int == float = bool
		int == string =
		int == percent =
		percent == float = bool
		duration == int =
		null == int =
		null == null = bool
		any == null = bool
		list<int> == list<float> = bool
		list<int> == list<string> =
		list<any> != list<string> = bool
		map<int> == map<string> =
		process handle == handle = bool
		process handle == proxy handle =
		duration < duration = bool
		duration < size =
		percent <= float = bool
		percent < int =
		string > string = bool
		bool < bool =
		list<int> < list<int> =
		any < duration = bool
		any < list<int> =
		int in list<float> = bool
		int in list<string> =
		int in range<int> = bool
		float not in range<int> = bool
		string in range<int> =
		string in map<int> = bool
		int in map<int> =
		string in string =
		any in any = bool
		string contains string = bool
		string contains int =
		list<int> contains int = bool
		list<int> contains string =
		map<any> contains string = bool
		range<int> contains int =
		string matches string = bool
		int matches string =
		int meets int = bool
		any meets list<int> = bool
		int meets float =
		int meets duration =
		int .. int = range<int>
		int .. float = range<float>
		percent .. percent = range<percent>
		int .. percent =
		string .. string =
		any .. int = range<any>
		int ** int =`
	oneWord := strings.NewReplacer("process handle", "process_handle", "proxy handle", "proxy_handle", "not in", "not_in")
	for line := range strings.Lines(cases) {
		words := strings.Fields(oneWord.Replace(line))
		if len(words) == 0 {
			continue
		}
		op := strings.ReplaceAll(words[1], "_", " ")
		got := ""
		if r, ok := types.BinaryResult(op, parse(t, words[0]), parse(t, words[2])); ok {
			got = r.String()
			if r.Secret {
				got = "!" + got
			}
		}
		if want := strings.Join(words[4:], ""); got != want {
			t.Errorf("%s %s %s gives %q, want %q", words[0], op, words[2], got, want)
		}
	}
}

func parse(t *testing.T, s string) *types.Type {
	t.Helper()
	s = strings.ReplaceAll(s, "_", " ")
	typ, err := types.Parse(strings.TrimPrefix(s, "!"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(s, "!") {
		typ = typ.AsSecret()
	}
	return typ
}

func TestOperatorsTakeThePoisonType(t *testing.T) {
	t.Parallel()
	for _, op := range strings.Fields("or and == != < <= > >= in contains matches meets .. + - * /") {
		if _, ok := types.BinaryResult(op, types.InvalidType, types.ListOf(types.BoolType)); !ok {
			t.Errorf("%s complains of a type that was complained of before", op)
		}
	}
}

func TestComparableRecords(t *testing.T) {
	t.Parallel()
	point := types.RecordOf("", types.Field{Name: "x", Type: types.IntType}, types.Field{Name: "y", Type: types.FloatType})
	other := types.RecordOf("", types.Field{Name: "y", Type: types.IntType}, types.Field{Name: "x", Type: types.IntType})
	named := types.RecordOf("", types.Field{Name: "x", Type: types.StringType}, types.Field{Name: "y", Type: types.IntType})
	for _, c := range []struct {
		a, b *types.Type
		want bool
	}{
		{point, other, true},
		{point, named, false},
		{point, types.RecordOf(""), false},
		{point, types.MapOf(types.IntType), true},
		{types.MapOf(types.StringType), point, false},
		{types.OneOf(types.SizeType, types.PercentType), types.FloatType, true},
		{types.StringType, types.OneOf(types.SizeType, types.PercentType), false},
	} {
		if got := types.Comparable(c.a, c.b); got != c.want {
			t.Errorf("Comparable(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

func TestParseWritesBack(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"int", "any", "list<string>", "map<list<duration>>", "range<percent>", "process handle", "handle", "null"} {
		if got := parse(t, s).String(); got != s {
			t.Errorf("%s is written %s", s, got)
		}
	}
	u := parse(t, "list<size | percent> | string")
	if got := u.String(); got != "list<size or percent> or string" {
		t.Errorf("the union is written %s", got)
	}
	for _, s := range []string{"", "integer", "list<>", "list<int", "int |", "list"} {
		if typ, err := types.Parse(s); err == nil {
			t.Errorf("%q is read as %s", s, typ)
		}
	}
}

func TestAssignable(t *testing.T) {
	t.Parallel()
	rec := types.RecordOf("", types.Field{Name: "a", Type: types.IntType}, types.Field{Name: "b", Type: types.IntType})
	small := types.RecordOf("", types.Field{Name: "b", Type: types.FloatType})
	for _, c := range []struct {
		from, to *types.Type
		want     bool
	}{
		{types.IntType, types.FloatType, true},
		{types.FloatType, types.IntType, false},
		{types.IntType, types.DurationType, false},
		{types.AnyType, types.IntType, true},
		{types.ListOf(types.IntType), types.ListOf(types.FloatType), true},
		{types.ListOf(types.InvalidType), types.ListOf(types.StringType), true},
		{types.ListOf(types.StringType), types.ListOf(types.IntType), false},
		{rec, types.MapOf(types.FloatType), true},
		{rec, types.MapOf(types.StringType), false},
		{rec, small, true},
		{small, rec, false},
		{types.HandleOf("process"), types.HandleOf(""), true},
		{types.HandleOf(""), types.HandleOf("process"), false},
		{types.PercentType, types.OneOf(types.SizeType, types.PercentType), true},
		{types.IntType, types.OneOf(types.SizeType, types.PercentType), false},
		{types.NullType, types.StringType, false},
		{types.StringType.AsSecret(), types.StringType, true},
	} {
		if got := types.Assignable(c.from, c.to); got != c.want {
			t.Errorf("Assignable(%s, %s) = %v", c.from, c.to, got)
		}
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"int", "int", "int"}, {"int", "float", "float"}, {"int", "string", "any"}, {"list<int>", "list<float>", "list<float>"},
		{"map<int>", "map<string>", "map<any>"}, {"any", "int", "any"}, {"null", "string", "any"},
	} {
		for _, swap := range []bool{false, true} {
			a, b := parse(t, c[0]), parse(t, c[1])
			if swap {
				a, b = b, a
			}
			if got := types.Join(a, b).String(); got != c[2] {
				t.Errorf("Join(%s, %s) = %s", a, b, got)
			}
		}
	}
	if !types.Join(types.IntType.AsSecret(), types.IntType).Secret {
		t.Error("the mark of a secret got lost")
	}
}

func TestSecretMarkIsACopy(t *testing.T) {
	t.Parallel()
	s := types.StringType.AsSecret()
	if types.StringType.Secret || !s.Secret || s.Revealed().Secret || !types.Same(s, types.StringType) {
		t.Error("the mark changed the shared type or its shape")
	}
	if l := types.ListOf(s); l.Secret || !l.HasSecret() {
		t.Error("a list of secrets holds secrets without being one")
	}
	if got := fmt.Sprint(types.IntType.HasSecret(), types.RecordOf("", types.Field{Name: "a", Type: s}).HasSecret()); got != "false true" {
		t.Error(got)
	}
}
