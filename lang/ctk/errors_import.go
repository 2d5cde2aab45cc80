package ctk

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/format"
)

// What an import says of an experiment that can be read.

// isRefusal reports whether a code is for what keeps an experiment that was
// read from being valid.
func isRefusal(code string) bool { return code >= "E0710" && code <= "E0799" }

func noExperiment(src *ast.Source, root *node, k Kind) *diag.Diagnostic {
	return &fault("E0704", src, root.Span, "an experiment is a mapping, and this %s is %s", k, root.kind).Diagnostic
}

func unknownKey(src *ast.Source, key *node, what string, known []string) *mistake {
	return warning("W0702", src, key.Span, "the key `%s` means nothing in %s", key.text, what).nearest(key.text, known)
}

func (im *importer) unknownVariable(n *node, p piece) {
	at := n.Span
	if i := strings.Index(im.src.Slice(at), p.text); i >= 0 {
		at.Start += ast.Pos(i)
		at.End = at.Start + ast.Pos(len(p.text))
	}
	if im.told[at] {
		return
	}
	im.told[at] = true
	m := warning("W0703", im.src, at, "nothing defines `%s`, so that the text stays as it is", p.name)
	if later := im.root.get("configuration"); later.has(p.name) {
		m.note("the entry `%s` of the configuration stands further down", p.name)
	} else {
		m.nearest(p.name, im.known)
	}
	im.report(m)
}

func variableInShell(src *ast.Source, n *node) *mistake {
	return warning("W0704", src, n.Span, "the shell reads what these variables hold as code").
		help("write the arguments as a list")
}

func (im *importer) secretShown(v *variable, at ast.Span) {
	im.report(warning("W0705", im.src, at, "the secret `%s.%s` can be seen here by others", v.group, v.name).
		help("give it in a header, a body, or to a function of Python"))
}

func toleranceNotLookedAt(src *ast.Source, t *node, cond ast.Expr) *mistake {
	m := warning("W0706", src, t.Span, "nobody looks at this tolerance: only those of the hypothesis count")
	if cond != nil {
		return m.help("to make it count, write `expect %s` in the .chaos file", exprText(cond))
	}
	return m
}

// exprText writes an expression as the formatter does.
func exprText(x ast.Expr) string {
	f := &ast.File{Decls: []ast.Decl{&ast.Let{Name: &ast.Name{Text: "x"}, Value: x}}}
	return strings.TrimSuffix(strings.TrimPrefix(string(format.Format(f)), "let x = "), "\n")
}

func limitKept(src *ast.Source, n *node) *mistake {
	return warning("W0707", src, n.Span, "the Chaos Toolkit ignores this time limit, and here it is kept")
}

func mappingArguments(src *ast.Source, n *node) *mistake {
	return warning("W0708", src, head(n), "Process arguments should now be a list to keep the ordering "+
		"of the arguments. Dictionary arguments are deprecated for process activities.")
}

func ignoredInReference(src *ast.Source, key, n *node) *mistake {
	return warning("W0709", src, key.Span.Join(n.Span), "a reference takes no `%s`: the activity is done as it is declared", key.text)
}

func vaultKeyAsPath(src *ast.Source, n *node) *mistake {
	return warning("W0710", src, head(n), "Vault secrets must now specify the `path` property")
}

func noDuration(src *ast.Source, n *node, what string) *mistake {
	m := fault("E0718", src, n.Span, "%s is a number of seconds that is not negative, not %s", what, n.kind)
	if lone(n.str()) != "" {
		m.Message = "nothing defines `" + lone(n.text) + "`, which is to be " + what
	}
	return m
}

func headerNoText(src *ast.Source, key, n *node) *mistake {
	return warning("W0711", src, key.Span.Join(n.Span), "a header must be a text, and the Chaos Toolkit aborts on %s", n.kind)
}

func noAddress(src *ast.Source, n *node) *mistake {
	m := warning("W0712", src, n.Span, "an address starts with http:// or https://, and the Chaos Toolkit aborts on any other")
	if !strings.Contains(n.text, ":") && n.text != "" {
		m.help("write `http://%s`", n.text)
	}
	return m
}

func noArguments(src *ast.Source, n *node, what string) *mistake {
	return fault("E0719", src, n.Span, "the arguments of %s cannot be %s", what, n.kind)
}

func noArgumentName(src *ast.Source, key *node) *mistake {
	return fault("E0720", src, key.Span, "`%s` cannot be the name of an argument in .chaos", key.text)
}

func noFunctionName(src *ast.Source, n *node) *mistake {
	return fault("E0720", src, n.Span, "`%s` cannot be the name of a function in .chaos", n.text)
}

func unknownStrategy(src *ast.Source, n *node, of string, known []string) *mistake {
	return fault("E0721", src, n.Span, "there is no strategy for %s of the name `%s`", of, pythonText(n)).
		nearest(n.str(), known).note("there are: %s", strings.Join(known, ", "))
}
