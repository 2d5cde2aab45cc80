package ctk_test

import (
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/ctk"
)

// What PyYAML 6 makes of plain scalars, as JSON; dates are texts there.
func TestPlainScalars(t *testing.T) {
	t.Parallel()
	for scalar, want := range map[string]string{
		"yes": `true`, "On": `true`, "FALSE": `false`, "off": `false`, "y": `"y"`, "n": `"n"`, "tRue": `"tRue"`,
		"": `null`, "~": `null`, "Null": `null`, "nULL": `"nULL"`, "none": `"none"`,
		"0": `0`, "-0": `0`, "+12": `12`, "1_000": `1000`, "_1": `"_1"`, "017": `15`, "-017": `-15`, "08": `"08"`, "0o17": `"0o17"`,
		"0x1F": `31`, "0x_f": `15`, "0b101": `5`, "0b2": `"0b2"`, "1:30": `90`, "1:30:00": `5400`, "01:30": `"01:30"`, "1:60": `"1:60"`,
		"12345678901234567890": `12345678901234567890`, "0_": `0`,
		"1.5": `1.5`, "1.": `1.0`, ".5": `0.5`, "-.5": `"-.5"`, "1e3": `"1e3"`, "1.0e3": `"1.0e3"`, "1.0e+3": `1000.0`, "1.0E-3": `0.001`,
		"685_230.15": `685230.15`, "190:20:30.15": `685230.15`, "1.2.3": `"1.2.3"`, "1.0e+400": `"Infinity"`,
		".inf": `"Infinity"`, "-.Inf": `"-Infinity"`, ".iNf": `".iNf"`, ".NaN": `"NaN"`, "-.nan": `"-.nan"`,
		"2024-05-06": `"2024-05-06"`, "2024-5-6": `"2024-5-6"`, "2024-5-6 1:02:03": `"2024-05-06 01:02:03"`,
		"2024-05-06T07:08:09Z": `"2024-05-06 07:08:09+00:00"`, "2024-05-06t07:08:09.5 -2": `"2024-05-06 07:08:09.500000-02:00"`,
		"2024-05-06 07:08:09.0": `"2024-05-06 07:08:09"`, "2024-05-06 07:08:09.1Z3": `"2024-05-06 07:08:09.1Z3"`,
		"2024-05-06T 07:08:09": `"2024-05-06T 07:08:09"`, "2024-05-06 7:8:9": `"2024-05-06 7:8:9"`,
		"a:b": `"a:b"`, "a#b": `"a#b"`, `"yes"`: `"yes"`, "'1'": `"1"`, "!!str 1": `"1"`, "!!int '0x10'": `16`, "!!float 1e3": `1000.0`,
		"!!bool Yes": `true`, "!!timestamp '2024-05-06'": `"2024-05-06"`, "=": `"="`,
	} {
		doc, problems := ctk.Read(ast.NewSource("scalar.yaml", "v: "+scalar+"\n"), ctk.YAML)
		if doc == nil {
			t.Errorf("%s: %s", scalar, rendered(t, problems))
			continue
		}
		if got := string(doc.JSON()); got != `{"v":`+want+`}` {
			t.Errorf("%s becomes %s, want %s", scalar, got, want)
		}
	}
}
