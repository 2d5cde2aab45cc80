package check

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// Mistakes with activities, statements and undo: E04xx.

func actionSaysNothing(at program.Loc, name string, sig *types.Signature, canUndo bool, inExperiment bool, act *ast.Activity, src *ast.Source) *mistake {
	m := fault("E0401", at, "the action does not say how its change is put back")
	insert := func(text string) diag.Edit {
		end := ast.Span{Start: act.End, End: act.End}
		if len(act.Clauses) == 0 {
			return diag.Edit{Span: end, Text: " " + text}
		}
		return diag.Edit{Span: end, Text: "\n" + indentOf(src, act.Clauses[len(act.Clauses)-1].Start) + text}
	}
	add := func(text, message string) {
		m.Help = append(m.Help, diag.Help{Message: message, Edits: []diag.Edit{insert(text)}})
	}
	if canUndo {
		add("undo", name+" can be undone by itself: it "+sig.Undo)
	} else {
		m.help("put it back by a call of your own: `undo by %s`", "FUNCTION(…)")
	}
	add("keep", "the change is meant to stay")
	if inExperiment {
		m.help("or put it back in a `rollback` block of the experiment, which nobody checks")
	}
	return m
}

// indentOf returns the white space at the start of the line of a place, and
// one step more where something stands before the place.
func indentOf(src *ast.Source, at ast.Pos) string {
	line := src.Line(src.Position(at).Line)
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	if strings.TrimSpace(src.Slice(ast.Span{Start: src.LineStart(src.Position(at).Line), End: at})) != "" {
		indent += "    "
	}
	return indent
}

func noInverse(at program.Loc, name, problem string, call program.Loc) *mistake {
	return fault("E0402", at, "%s %s", name, problem).related(call, "the call").
		help("put it back by a call of your own: `undo by FUNCTION(…)`").
		edit(at.Span, "keep", "the change is meant to stay")
}

// withSpace is a place with the white space before it, which goes with it.
func withSpace(at program.Loc) ast.Span {
	before := at.Source.Text[:at.Start]
	return ast.Span{Start: ast.Pos(len(strings.TrimRight(before, " \t\r\n"))), End: at.End}
}

func undoOnProbe(at program.Loc, k ast.ClauseKind) *mistake {
	return fault("E0403", at, "a probe changes nothing, so it has nothing to `%s`", k).edit(withSpace(at), "", "leave it out")
}

func undoContradicts(at program.Loc, k ast.ClauseKind, old program.Loc, oldKind ast.ClauseKind) *mistake {
	return fault("E0404", at, "`%s` contradicts `%s`", k, oldKind).related(old, "said here").
		help("an action says one of `undo`, `undo by` and `keep`")
}

func undoOnDefinition(at program.Loc, k ast.ClauseKind, name string, d *program.Def) *mistake {
	return fault("E0405", at, "`%s` stands inside the definition %s, not at its call", k, name).
		related(d.At, "the definition").edit(withSpace(at), "", "leave it out here")
}

func undoByProbe(at program.Loc, name string) *mistake {
	return fault("E0406", at, "%s changes nothing, so it puts nothing back", name).
		help("`undo by` calls an action")
}

func actionAsProbe(at program.Loc, name string, kind ast.Span, b *body) *mistake {
	m := fault("E0407", at, "%s is an action: it changes the world, and a probe only looks", name)
	if b.section == inSteady || b.section == inGuard {
		return m.note("a steady state cannot break what it measures")
	}
	return m.edit(kind, "action", "write `action`, and say how it is put back")
}

func probeAsAction(at program.Loc, name string, kind ast.Span) *mistake {
	return fault("E0408", at, "%s changes nothing, so it is no action", name).edit(kind, "probe", "write `probe`")
}

func actionInExpr(at program.Loc, name string) *mistake {
	return fault("E0409", at, "%s is an action, which must stand as one", name).
		help("write `action NAME = %s(…)` on its own, with `undo`, and use NAME here", name)
}

func probeInExpr(at program.Loc, name string) *mistake {
	return fault("E0410", at, "%s looks at the world, which is done in `let`, `expect`, `wait` and `config` only", name).
		help("look first: `let x = %s`, and use `x` here", oneLine(at.Text()))
}

// oneLine shortens a text that goes over several lines.
func oneLine(s string) string {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return strings.TrimSpace(s[:i]) + " …"
	}
	return s
}

func actionWhereProbes(at program.Loc, s section) *mistake {
	return fault("E0411", at, "`%s` only looks: an action cannot stand here", s).
		help("do it in `setup` or `method`")
}

func stmtNotHere(at program.Loc, word string, s section) *mistake {
	m := fault("E0412", ast0(at, word), "`%s` cannot stand in `%s`", word, s)
	if word == "expect" || word == "assert" {
		return m.help("an expectation is a clause of the probe that it is about")
	}
	return m.note("`%s` holds probes with their expectations, `let` and `for`", s)
}

// ast0 is the place of the word that a statement starts with.
func ast0(at program.Loc, word string) program.Loc {
	at.End = min(at.End, at.Start+ast.Pos(len(word)))
	return at
}

func abortNotHere(at program.Loc, s section) *mistake {
	m := fault("E0413", ast0(at, "abort"), "`abort` cannot stand in `%s`", s)
	if s == inRollback {
		return m.note("a rollback is always carried to its end")
	}
	return m.help("what must hold is said by `expect`")
}

func restoreNoActivity(at program.Loc, sym *symbol) *mistake {
	return fault("E0416", at, "`%s` is %s, not an action that could be undone", sym.Name, kindOf(sym)).
		related(sym.At, "declared here")
}

func restoreProbe(at program.Loc, sym *symbol) *mistake {
	return fault("E0416", at, "`%s` is a probe, which changed nothing", sym.Name).related(sym.At, "declared here")
}

func restoreUnknown(at program.Loc, name, near string) *mistake {
	m := fault("E0416", at, "there is no action `%s` that could be undone here", name)
	if near != "" {
		return m.edit(at.Span, near, "there is `%s`", near)
	}
	return m.note("an action can be restored behind it, in the block where it stands or in one inside")
}

func restoreWithoutUndo(at program.Loc, sym *symbol, keeps bool) *mistake {
	m := fault("E0417", at, "`%s` has no undo that could be done now", sym.Name)
	if keeps {
		return m.related(sym.At, "it says `keep`")
	}
	return m.related(sym.At, "it says no `undo`").help("write `undo` or `undo by` behind the action")
}

func restoreOfKeeping(at program.Loc, sym *symbol, d *program.Def) *mistake {
	return fault("E0417", at, "`%s` has no undo that could be done now", sym.Name).
		related(d.At, "no action in the definition is put back")
}

func referenceKind(at program.Loc, wrong ast.Kind, to *ast.Activity, decl program.Loc) *mistake {
	return fault("E0418", at, "`%s` is %s, not %s", to.Name.Text, a(to.Kind.String()), a(wrong.String())).
		related(decl, "declared here").write(to.Kind.String())
}

func referenceInDef(at program.Loc, name string) *mistake {
	return fault("E0419", at, "a definition cannot do `%s` again: it sees no activity of an experiment", name).
		help("call a function")
}

func callCycle(at program.Loc, cycle []link) *mistake {
	m := fault("E0420", at, "the definition `%s` calls itself", cycle[0].name)
	names := make([]string, 0, len(cycle)+1)
	for _, l := range cycle {
		names = append(names, l.name)
		if l.at.Source != nil {
			m.related(l.at, "calls %s", l.name)
		}
	}
	if len(cycle) > 1 {
		m.note("%s", strings.Join(append(names, cycle[0].name), " → "))
	}
	return m.note("a run always ends, so definitions cannot be recursive")
}

func defsTooDeep(at program.Loc, name string) *mistake {
	return fault("E0421", at, "definitions call each other more than %d deep", maxDefDepth)
}

func backgroundInDef(at program.Loc) *mistake {
	return fault("E0423", at, "the call of a definition cannot run in the background by itself").
		help("say `background` where the definition is called")
}

func sameTarget(at, other program.Loc, who string) *mistake {
	return fault("E0424", at, "two actions change the same thing at the same time").
		label("changed here").related(other, "and by %s", who).
		help("do one after the other, so that each is put back in its turn")
}

func notAControl(at program.Loc, name string) *mistake {
	return fault("E0425", at, "%s is no control", name)
}
