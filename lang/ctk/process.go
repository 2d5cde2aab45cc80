package ctk

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// process makes the call of a process provider: a list of arguments is
// process.run, a text process.shell. Where the Chaos Toolkit decides only at
// run time what the arguments are (items that are dropped when they are empty,
// a variable that may be a list or a text), it is toolkit.run, which has its
// rule.
func (b *builder) process(n *node) *called {
	c := &called{result: exit}
	if t := n.get("timeout"); t != nil && t.kind != null {
		c.limit = t
	}
	path := n.get("path")
	if !path.is(text) || path.text == "" {
		return b.aborted(n, "the path of the process is no text")
	}
	b.shows = true
	defer func() { b.shows = false }()
	args := n.get("arguments")
	switch {
	case args == nil || args.is(null) || args.is(text) && args.text == "":
		c.call = b.run(path, nil)
	case args.is(list):
		c.call = b.run(path, args.items)
	case args.is(mapping):
		b.report(mappingArguments(b.src, args))
		c.call = b.run(path, b.flatten(args))
	case args.is(text):
		c.call = b.shell(path, args)
	default:
		b.report(noArguments(b.src, args, "a process"))
		b.extra.add(args, "provider", "arguments")
		c.call = b.run(path, nil)
	}
	c.call.Span = n.Span
	return c
}

// flatten makes a list of a mapping: each key, which is no template, then its
// value.
func (b *builder) flatten(n *node) []*node {
	var list []*node
	for i, k := range n.keys {
		if b.hasVariables && strings.Contains(k.text, "$") {
			k = &node{Span: k.Span, kind: text, text: strings.ReplaceAll(k.text, "$", "$$")}
		}
		list = append(list, k, n.items[i])
	}
	return list
}

// run is a process with a list of arguments, of which those that are null or
// empty are dropped.
func (b *builder) run(path *node, items []*node) *ast.Call {
	args := make([]ast.Expr, 0, len(items))
	simple := !strings.HasPrefix(path.text, "~")
	for _, n := range items {
		if n.is(null) || n.is(text) && n.text == "" {
			continue
		}
		if n.is(date) {
			n = &node{Span: n.Span, kind: text, text: n.text}
		}
		x := b.arguments(n)
		simple = simple && b.isArgument(n)
		args = append(args, x)
	}
	p := stringOf(path.text, path.Span)
	if !simple {
		return callOf(path.Span, "toolkit.run", arg(p), arg(listOf(path.Span, args...)))
	}
	call := callOf(path.Span, "process.run", arg(p))
	for _, x := range args {
		call.Args = append(call.Args, arg(x))
	}
	return call
}

// isArgument reports whether process.run takes an argument as the Chaos Toolkit
// does: it is an integer, or a text that cannot become empty.
func (b *builder) isArgument(n *node) bool {
	if n.is(whole) {
		_, isCall := number(n).(*ast.Call)
		return !isCall
	}
	if !n.is(text) || !b.hasVariables {
		return n.is(text)
	}
	if v := b.lookup(lone(n.text)); v != nil {
		return v.typ == wholeType || v.typ == textType && v.full
	}
	for _, p := range pieces(n.text) {
		if v := b.lookup(p.name); v == nil || v.full {
			return true // this piece alone has some text
		}
	}
	return false
}

// shell is a process whose arguments are the rest of a text for the shell.
func (b *builder) shell(path, args *node) *ast.Call {
	rest := ast.Expr(stringOf(args.text, args.Span))
	if b.hasVariables {
		rest = b.template(args, true)
	}
	s, isText := rest.(*ast.String)
	if !isText || !isPlainPath(path.text) || isBuiltin(path.text, args.text) {
		return callOf(args.Span, "toolkit.run", arg(stringOf(path.text, path.Span)), arg(rest))
	}
	for _, p := range s.Parts {
		if p.Hole != nil {
			b.report(variableInShell(b.src, args))
			break
		}
	}
	whole := stringBuilder{at: args.Span}
	whole.text(path.text + " ")
	whole.add(s)
	return callOf(args.Span, "process.shell", arg(whole.string()))
}

// isPlainPath reports whether a path can stand in a text for the shell, and be
// told from what follows.
func isPlainPath(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("_./-", c) >= 0) {
			return false
		}
	}
	return true
}

// shellBuiltins are the names that a shell takes for its own commands, while
// the Chaos Toolkit looks the program up.
const shellBuiltins = " . : [ alias bg bind break builtin caller case cd chdir command compgen complete continue declare " +
	"dirs disown echo enable eval exec exit export false fc fg for function getopts hash help history if jobs kill let " +
	"local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test " +
	"then time times trap true type typeset ulimit umask unalias unset until wait while "

// isBuiltin reports whether the shell would run a command of its own that does
// something else than the program of that name.
func isBuiltin(path, args string) bool {
	switch path {
	case "true", "false":
		return false
	case "echo", "printf":
		return strings.Contains(args, `\`) || strings.HasPrefix(args, "-")
	}
	return strings.Contains(shellBuiltins, " "+path+" ")
}
