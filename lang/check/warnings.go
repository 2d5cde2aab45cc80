package check

import (
	"strings"
	"time"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/literal"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// What is allowed, but hardly meant: W02xx names, W03xx values, W04xx
// activities.

func unusedName(sym *symbol) *mistake {
	_, noun, _ := strings.Cut(kindOf(sym), " ")
	return warning("W0201", sym.At, "the %s `%s` is never used", noun, sym.Name)
}

// mayFollow reports whether a warning may only follow from an error: a name
// looks unused where its use is wrong, a part empty where it could not be read.
func mayFollow(code string) bool {
	switch code {
	case "W0404", "W0405", "W0406", "W0409":
		return true
	}
	return strings.HasPrefix(code, "W02")
}

func unusedDef(at program.Loc, name string) *mistake {
	return warning("W0202", at, "the definition `%s` is never called", name)
}

func unusedImport(at program.Loc, name string) *mistake {
	return warning("W0203", at, "the import `%s` is never used", name)
}

func neverChanges(at program.Loc, word string) *mistake {
	return warning("W0301", at, "`%s` looks at nothing: what it says is known before the run", word)
}

func emptyList(at program.Loc) *mistake {
	return warning("W0302", at, "the list is empty, so the loop does nothing")
}

func unreachable(at, abort program.Loc) *mistake {
	return warning("W0401", firstLine(at), "this is never reached").related(abort, "the run ends here")
}

// firstLine cuts a place at the end of its first line.
func firstLine(at program.Loc) program.Loc {
	if i := strings.IndexByte(at.Text(), '\n'); i >= 0 {
		at.End = at.Start + ast.Pos(i)
	}
	return at
}

func expectationNotRetried(at program.Loc, word string) *mistake {
	return warning("W0402", at, "`retry` does nothing for an `%s` that reads nothing of its own activity", word).
		note("it is looked at once, behind the last try")
}

func backgroundAtEnd(at program.Loc) *mistake {
	return warning("W0403", at, "`background` does nothing for the last statement of a block, whose end waits for it")
}

func backgroundInParallel(at program.Loc) *mistake {
	return warning("W0403", at, "`background` does nothing for a branch of `parallel`, whose end waits for all")
}

func steadyExpectsNothing(at program.Loc) *mistake {
	return warning("W0404", at, "the steady state expects nothing, so it is always met").
		help("say what must hold by `expect` behind a probe")
}

func guardExpectsNothing(at program.Loc) *mistake {
	return warning("W0405", at, "the guard expects nothing, so it never ends the method").
		help("say what must hold by `expect` behind a probe")
}

func guardWithoutMethod(at program.Loc) *mistake {
	return warning("W0406", at, "a guard watches the method, and there is none")
}

func deadlineTooShort(at program.Loc, rests time.Duration) *mistake {
	return warning("W0407", at, "the deadline is always missed: the pauses alone take longer").
		note("setup and method pause for %s or more", literal.FormatDuration(rests))
}

func hypothesisNotRepeated(at program.Loc, strategy string) *mistake {
	return warning("W0408", at, "`every` and `fail-fast` do nothing with `%s`, which does not check during the method", strategy)
}

func experimentDoesNothing(at program.Loc, title string) *mistake {
	return warning("W0409", at, "the experiment has no setup, no steady state and no method, so it does nothing")
}

func baselineNeverTaken(at program.Loc, strategy string) *mistake {
	return warning("W0410", at, "an expectation reads `baseline`, but `%s` does not check before the method", strategy).
		note("an expectation that reads a baseline that was never taken is not met")
}
