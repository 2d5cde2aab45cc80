package lang

import (
	"fmt"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/literal"
)

// Grammar returns the grammar of the language, as the file grammar.ebnf holds
// it. Its words, units and operators are those of the parser's own tables.
func Grammar() string {
	r := strings.NewReplacer(
		"‹reserved›", alternatives(reservedWords),
		"‹sections›", productions(sectionWords),
		"‹statements›", productions(statementWords),
		"‹clauses›", productions(clauseWords),
		"‹settings›", productions(settingWords),
		"‹strategies›", alternatives(strategyWords),
		"‹rollbacks›", alternatives(rollbackWords),
		"‹types›", alternatives(typeWords),
		"‹durations›", alternatives(literal.DurationUnits()),
		"‹sizes›", alternatives(literal.SizeUnits()),
		"‹operators›", operators(),
		"‹depth›", fmt.Sprint(maxDepth),
	)
	return r.Replace(grammarText)
}

// alternatives writes words as terminals, some on a line.
func alternatives(words []string) string {
	var b strings.Builder
	column := 0
	for i, w := range words {
		column += len(w) + len(` | ""`)
		switch {
		case i == 0:
		case column > 75:
			b.WriteString("\n\t| ")
			column = len(w)
		default:
			b.WriteString(" | ")
		}
		b.WriteString(`"` + w + `"`)
	}
	return b.String()
}

// productions writes the names of the productions that start with the words.
func productions(words []string) string {
	names := make([]string, 0, len(words))
	for _, w := range words {
		name := strings.ToUpper(w[:1]) + w[1:]
		switch w {
		case "probe", "action":
			name = "Activity"
		case "expect", "assert":
			name = "Check"
		}
		if len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	lines := ""
	for i, n := range names {
		switch {
		case i == 0:
		case i%8 == 0:
			lines += "\n\t| "
		default:
			lines += " | "
		}
		lines += n
	}
	return lines
}

// operators writes a production for each level of precedence.
func operators() string {
	levels := map[int][]string{}
	last := 0
	for op := ast.Or; op <= ast.Neg; op++ {
		p := op.Precedence()
		text := `"` + strings.ReplaceAll(op.String(), " ", `" "`) + `"`
		levels[p] = append(levels[p], text)
		last = max(last, p)
	}
	names := make([]string, last+2)
	for p := range names {
		names[p] = fmt.Sprintf("Level%d", p)
	}
	names[last+1] = "Operand"
	var b strings.Builder
	for p := 1; p <= last; p++ {
		ops, next := strings.Join(levels[p], " | "), names[p+1]
		if len(levels[p]) > 1 {
			ops = "( " + ops + " )"
		}
		fmt.Fprintf(&b, "%s = ", names[p])
		switch {
		case p == ast.Not.Precedence() || p == ast.Neg.Precedence():
			fmt.Fprintf(&b, "%s %s | %s .\n", ops, names[p], next)
		case p == ast.Eq.Precedence():
			fmt.Fprintf(&b, "%s [ %s\n\t%s ] .\n", next, ops, next)
		default:
			fmt.Fprintf(&b, "%s { %s %s } .\n", next, ops, next)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
