package check

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// Mistakes with names: E02xx.

// kindOf says what a visible name is.
func kindOf(sym *symbol) string {
	if sym.isImp {
		return "an import"
	}
	return [...]string{
		program.ConstVar: "a constant", program.ConfigVar: "an entry of config", program.SecretVar: "a secret",
		program.LetVar: "a `let`", program.ParamVar: "a parameter", program.LoopVar: "the variable of a loop",
		program.ActivityVar: "an activity", program.WaitVar: "a `wait`",
	}[sym.Kind]
}

func unknownName(at program.Loc, name, near string, r *result, meant *symbol) *mistake {
	m := fault("E0201", at, "unknown name `%s`", name).label("nothing of this name is visible here")
	if near != "" {
		m.edit(at.Span, near, "there is `%s`", near)
		if meant != nil && !meant.At.IsZero() {
			m.related(meant.At, "%s", kindOf(meant))
		}
	} else if r != nil && r.fields && r.t.Kind == types.Any {
		m.edit(at.Span, "it."+name, "the shape of the result is known only in the run: write `it.%s` for a field of it", name)
	}
	return m
}

// foreignValues are values as other languages write them.
var foreignValues = map[string]string{
	"True": "true", "TRUE": "true", "yes": "true", "Yes": "true", "on": "true",
	"False": "false", "FALSE": "false", "no": "false", "No": "false", "off": "false",
	"None": "null", "nil": "null", "NULL": "null", "Null": "null", "undefined": "null",
}

// foreignFields are the results of calls and their fields by other names, in
// lower case.
var foreignFields = map[string]string{
	"status_code": "status", "status-code": "status", "statuscode": "status", "code": "status",
	"exit-code": "status", "exit_code": "status", "exitcode": "status", "returncode": "status", "rc": "status",
	"content": "body", "output": "stdout", "duration": "elapsed", "latency": "elapsed",
	"response": "it", "result": "it", "res": "it", "resp": "it", "self": "it", "this": "it",
}

func foreignValue(at program.Loc, name, ours string) *mistake {
	return fault("E0201", at, "unknown name `%s`", name).write(ours)
}

// endedName is a name of a block or a section that is over.
func endedName(at program.Loc, name string, decl program.Loc) *mistake {
	return fault("E0201", at, "unknown name `%s`", name).label("not visible any more").related(decl, "declared here").
		note("a name ends with its block; those of `setup` are visible in all later sections, those of `method` in `rollback`")
}

func nameInQuotes(at program.Loc, name string, decl program.Loc) *mistake {
	m := fault("E0201", at, "unknown name `%s`", name).label("nothing of this name is visible here").
		related(decl, "in quotes it is a title, and no name")
	if at.Source == decl.Source {
		m.edit(decl.Span, name, "declare it without quotes")
	}
	return m
}

func usedBeforeDeclared(at program.Loc, name string, decl program.Loc) *mistake {
	return fault("E0202", at, "`%s` is used before it is declared", name).
		related(decl, "declared here").help("move the declaration above this place")
}

func nameTaken(at program.Loc, name string, old *symbol, double bool) *mistake {
	where := old.At
	if double {
		return fault("E0203", at, "`%s` is declared twice", name).label("declared again").
			related(where, "first declared here").help("give one of the two another name")
	}
	return fault("E0203", at, "`%s` hides %s of the same name", name, kindOf(old)).
		related(where, "visible here too").help("choose another name, so that it is clear which one is meant")
}

func ownWord(at program.Loc, name string, kind program.VarKind) *mistake {
	m := fault("E0204", at, "`%s` cannot be declared: it has a meaning of its own in expressions", name)
	if kind == program.ConfigVar {
		return m.edit(at.Span, `"`+name+`"`, "a quoted name can be used, as config[\"%s\"]", name)
	}
	return m.help("choose another name")
}

func ambiguousName(at program.Loc, name string, sym *symbol) *mistake {
	m := fault("E0205", at, "`%s` is both a field of the result and %s", name, kindOf(sym)).
		related(sym.At, "%s", kindOf(sym)).
		edit(at.Span, "it."+name, "for the field of the result, write `it.%s`", name)
	if sym.Kind == program.ConfigVar {
		return m.edit(at.Span, "config."+name, "for the entry of config, write `config.%s`", name)
	}
	return m.help("to use %s, give it a name that the result does not have", kindOf(sym))
}

func unknownField(at program.Loc, name string, x program.Expr, r *result) *mistake {
	fields := x.Type().Fields
	names := make([]string, len(fields), len(fields)+1)
	for i, f := range fields {
		names[i] = f.Name
	}
	if hasElapsed(x) {
		names = append(names, "elapsed")
	}
	return fault("E0206", at, "%s has no field `%s`", valueName(x, r), name).nearest(name, names).listing("its fields are", names)
}

// hasElapsed reports whether x.elapsed is the time of an activity.
func hasElapsed(x program.Expr) bool {
	switch x := x.(type) {
	case *program.It:
		return true
	case *program.Ref:
		return x.Var.Kind == program.ActivityVar
	}
	return false
}

// valueName says what a value is, for messages.
func valueName(x program.Expr, r *result) string {
	switch x := x.(type) {
	case *program.It:
		if r != nil && r.of != "" {
			return "the result of " + r.of
		}
	case *program.Ref:
		return "`" + x.Var.Name + "`"
	case *program.Call:
		return "the result of " + x.Name
	}
	return "this record"
}

func noFields(at program.Loc, name string, t *types.Type) *mistake {
	m := fault("E0207", at, "%s has no fields, so no `%s`", one(t), name)
	if t.Kind == types.List {
		m.help("an element is reached by its index, as in `x[0].%s`", name)
	}
	return m
}

func unknownFunction(at program.Loc, name, near string, places []string) *mistake {
	m := fault("E0208", at, "unknown function `%s`", name)
	switch {
	case near != "":
		m.edit(at.Span, near, "there is `%s`", near)
	case len(places) == 1:
		m.edit(at.Span, places[0], "there is `%s`", places[0])
	case len(places) > 1:
		m.listing("functions of that name", places)
	}
	return m
}

func unknownMember(at program.Loc, name, space string, members []string) *mistake {
	return fault("E0208", at, "there is no function `%s` in %s", name, space).nearest(name, members).
		listing("its functions are", members)
}

func unknownNamespace(at program.Loc, name string, spaces []string, value *symbol) *mistake {
	m := fault("E0231", at, "unknown namespace `%s`", name)
	if value != nil {
		m.related(value.At, "%s is %s", name, kindOf(value))
		return m.note("values have no functions of their own: a dotted name before `(` is a function of the library or of an import")
	}
	return m.nearest(name, spaces).listing("there are", spaces)
}

func unknownParam(at program.Loc, name, function string, sig *types.Signature) *mistake {
	names := make([]string, len(sig.Params))
	for i, p := range sig.Params {
		names[i] = p.Name
	}
	m := fault("E0209", at, "%s has no parameter `%s`", function, name).nearest(name, names)
	if len(m.Help) > 0 || len(names) == 0 {
		return m
	}
	return m.listing("its parameters are", names)
}

// clauseAsArg is an argument that is meant as a clause of the call. Where the
// call is that of an activity, own is set.
func clauseAsArg(at program.Loc, word, text string, i int, call *ast.Call, own bool) *mistake {
	m := fault("E0209", at, "%s has no parameter `%s`: it is a clause behind the call", call.PathText(), word)
	if !own {
		return m.help("write `%s` behind the call of a probe or an action", word)
	}
	if text == "" {
		return m.help("write `%s …` behind the call", word)
	}
	gone := call.Args[i].Span
	if i > 0 {
		gone.Start = call.Args[i-1].End
	} else if len(call.Args) > 1 {
		gone.End = call.Args[1].Start
	}
	m.edit(gone, "", "write `%s` behind the call", text)
	help := &m.Help[len(m.Help)-1]
	help.Edits = append(help.Edits, diag.Edit{Span: ast.Span{Start: call.End, End: call.End}, Text: " " + text})
	return m
}

func unknownType(at program.Loc, name string) *mistake {
	m := fault("E0210", at, "unknown type `%s`", name)
	if t, ok := foreignTypes[strings.ToLower(name)]; ok {
		return m.write(t)
	}
	return m.nearest(name, types.Names()).listing("types are", types.Names())
}

// foreignTypes are the names that types have elsewhere.
var foreignTypes = map[string]string{
	"str": "string", "text": "string", "boolean": "bool", "integer": "int", "int64": "int", "long": "int",
	"number": "float", "double": "float", "float64": "float", "dict": "map<any>", "object": "map<any>",
	"array": "list<any>", "bytes": "size", "timedelta": "duration", "seconds": "duration", "datetime": "time",
	"none": "null", "nil": "null", "percentage": "percent",
}

func unknownConfig(at program.Loc, name string, names []string, b *body) *mistake {
	m := fault("E0211", at, "config has no entry `%s`", name)
	if b != nil && b.def != nil {
		return m.note("a definition does not see the config of an experiment").help("give the value to the definition by a parameter")
	}
	return m.nearest(name, names).listing("its entries are", names)
}

func unknownSecret(at program.Loc, group, name string, names []string) *mistake {
	return fault("E0212", at, "the group `%s` has no secret `%s`", group, name).nearest(name, names).
		listing("its secrets are", names)
}

func unknownSecretGroup(at program.Loc, name string, groups []string, b *body) *mistake {
	m := fault("E0212", at, "there is no group of secrets `%s`", name)
	if b != nil && b.def != nil {
		return m.note("a definition does not see the secrets of an experiment").help("give the secret to the definition by a parameter")
	}
	return m.nearest(name, groups).listing("the groups are", groups)
}

func unknownActivity(at program.Loc, name, near string, isDef bool) *mistake {
	m := fault("E0213", at, "the experiment has no activity `%s` that could be done again", name)
	switch {
	case isDef:
		m.edit(at.Span, name+"()", "`%s` is a definition: call it with its arguments", name)
	case near != "":
		m.edit(at.Span, near, "there is `%s`", near)
	}
	return m
}

func unknownWord(at program.Loc, what, word string, words []string) *mistake {
	return fault("E0214", at, "unknown %s `%s`", what, word).nearest(word, words).listing("it is one of", words)
}

func unknownControl(at program.Loc, name string, names []string) *mistake {
	return fault("E0215", at, "`controls` has no entry `%s`", name).nearest(name, names)
}

func unknownImported(at program.Loc, name string, alias *symbol) *mistake {
	var names []string
	for n, sym := range alias.alias.globals {
		if !sym.isImp {
			names = append(names, n)
		}
	}
	return fault("E0216", at, "%s declares no `%s`", alias.alias.Source.Name, name).nearest(name, sorted(names))
}

func functionAsValue(at program.Loc, name string) *mistake {
	return fault("E0217", at, "`%s` is a function, not a value", name).
		edit(at.Span, name+"()", "call it: write `%s(…)`", name)
}

func namespaceAsValue(at program.Loc, name string) *mistake {
	return fault("E0217", at, "`%s` is a namespace, not a value", name).
		help("call one of its functions, as `chaosc doc %s` lists them", name)
}

func resultOutside(at program.Loc, name string) *mistake {
	return fault("E0218", at, "`%s` is known only in the `expect`, `assert` and `undo by` of an activity", name).
		help("use the name of the activity, as in `NAME.elapsed` or `NAME.status`")
}

func baselineOutside(at program.Loc) *mistake {
	return fault("E0219", at, "`baseline` is known only in the expectations of a probe in `steady`").
		note("it is the result of the same probe before the method")
}

func ownNameInClause(at program.Loc, name string) *mistake {
	return fault("E0220", at, "`%s` is not known yet in its own clauses", name).
		edit(at.Span, "it", "its result is called `it` here")
}

func nameOfOtherBranch(at program.Loc, name string, sym *symbol) *mistake {
	return fault("E0221", at, "`%s` is a name of another branch, which runs at the same time", name).
		related(sym.At, "declared in this branch").help("use it behind the `parallel`")
}

func meantSubtraction(at program.Loc, name, left, right string) *mistake {
	return fault("E0222", at, "unknown name `%s`", name).
		label("a hyphen without spaces is part of a name").
		edit(at.Span, left+" - "+right, "to subtract, write spaces around the minus sign")
}

func sectionAsValue(at program.Loc, word string) *mistake {
	example := "config.url"
	if word == "secrets" {
		example = "secrets.api.token"
	}
	return fault("E0223", at, "`%s` is no value; only one entry of it is, as in `%s`", word, example)
}

func secretGroupAsValue(at program.Loc, name string, names []string) *mistake {
	return fault("E0223", at, "a group of secrets is no value").
		help("name one of its secrets, as in `secrets.%s.%s`", name, names[0])
}

func aliasAsValue(at program.Loc, name string) *mistake {
	return fault("E0223", at, "`%s` is an imported file, not a value", name).
		help("use what it declares, as in `%s.NAME`", name)
}

func waitAsValue(at program.Loc, name string) *mistake {
	return fault("E0223", at, "a `wait` has no result").
		edit(at.Span, name+".elapsed", "the time that it took is `%s.elapsed`", name)
}

func waitHasOnlyElapsed(at program.Loc, name, field string) *mistake {
	return fault("E0223", at, "a `wait` has no `%s`", field).
		edit(at.Span, "elapsed", "the time that it took is `%s.elapsed`", name)
}

func defTwice(at program.Loc, name string, old program.Loc) *mistake {
	return fault("E0224", at, "the definition `%s` stands twice", name).related(old, "first defined here").
		help("give one of the two another name")
}

func defHidesBuiltin(at program.Loc, name string) *mistake {
	return fault("E0224", at, "`%s` is a function of the language and cannot be defined again", name).help("choose another name")
}

func aliasHidesNamespace(at program.Loc, name string) *mistake {
	return fault("E0224", at, "`%s` is a namespace of the standard library", name).help("give the import another name by `as`")
}

func configIndexNotPlain(at program.Loc, word string) *mistake {
	return fault("E0225", at, "the name of an entry of %s must be written out as a plain string", word)
}

func keyTwice(at program.Loc, key string, old program.Loc) *mistake {
	return fault("E0226", at, "the key `%s` stands twice", key).related(old, "first here")
}

func contributionTwice(at program.Loc, name string, old program.Loc) *mistake {
	return fault("E0226", at, "the contribution `%s` stands twice", name).related(old, "first here")
}

func secretGroupTwice(at program.Loc, name string, old program.Loc) *mistake {
	return fault("E0226", at, "the group of secrets `%s` stands twice", name).related(old, "first here").
		help("put all secrets of a group into one block")
}

func titleTwice(at program.Loc, title string, old program.Loc) *mistake {
	return fault("E0227", at, "two experiments have the title %q", title).related(old, "the other").
		note("`--only` picks an experiment by its title")
}

func notVisibleAgain(at program.Loc, ref, name string, use program.Loc) *mistake {
	return fault("E0228", at, "`%s` cannot be done again here: `%s` is not visible", ref, name).
		related(use, "it uses `%s`", name)
}

func referenceAmbiguous(at program.Loc, name string, one, two program.Loc) *mistake {
	return fault("E0229", at, "`%s` names more than one activity", name).related(one, "one").related(two, "another").
		help("give the one that is meant a name of its own")
}

func referenceNoActivity(at program.Loc, sym *symbol) *mistake {
	return fault("E0230", at, "`%s` is %s, not an activity that could be done again", sym.Name, kindOf(sym)).
		related(sym.At, "declared here")
}
