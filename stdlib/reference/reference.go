// Package reference writes the documentation of the standard library from the
// declarations of its functions: for the terminal, and as the pages of
// docs/reference.md.
package reference

import (
	"fmt"
	"io"
	"strings"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
)

// Call writes how a function is called: "fs.rename(path: string, to: string)".
func Call(s *types.Signature) string {
	var b strings.Builder
	b.WriteString(s.Name + "(")
	for i, p := range s.Params {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.Name)
		if p.Rest {
			b.WriteString("...: " + p.Type.Elem.String())
		} else {
			b.WriteString(": " + p.Type.String())
		}
		switch {
		case p.Default != "":
			b.WriteString(" = " + defaultText(p))
		case p.Optional && !p.Rest:
			b.WriteString(" = …")
		}
	}
	b.WriteString(")")
	if s.Result != nil && s.Result.Kind != types.Null {
		b.WriteString(" → " + resultText(s))
	}
	return b.String()
}

func defaultText(p types.Param) string {
	if p.Type.Kind == types.String {
		return `"` + p.Default + `"`
	}
	return p.Default
}

func resultText(s *types.Signature) string {
	if s.Result.Kind == types.Record && s.Result.Name == "" {
		return "record"
	}
	if s.Infer != nil && s.Result.Kind == types.Any {
		return "depends on the arguments"
	}
	return s.Result.String()
}

// kindText says where a function can be called.
func kindText(k types.FuncKind) string {
	switch k {
	case types.Pure:
		return "pure: usable in every expression"
	case types.Probe:
		return "probe: looks, changes nothing"
	case types.Action:
		return "action: changes something"
	}
	return "open: probe or action, as the activity that calls it"
}

// Function writes the page of one function for a terminal.
func Function(w io.Writer, f *stdlib.Function) {
	s := f.Signature()
	fmt.Fprintf(w, "%s\n\n", Call(s))
	fmt.Fprintf(w, "    %s\n", s.Summary)
	fmt.Fprintf(w, "    Kind: %s.\n", kindText(s.Kind))
	if undo := undoText(s); undo != "" {
		fmt.Fprintf(w, "    Undo: %s.\n", undo)
	}
	if p := f.Platforms(); len(p) > 0 {
		fmt.Fprintf(w, "    Works on: %s.\n", strings.Join(p, ", "))
	}
	if s.Doc != "" {
		fmt.Fprintf(w, "\n%s\n", indent(wrap(s.Doc, 92)))
	}
	if len(s.Params) > 0 {
		fmt.Fprint(w, "\nParameters\n")
		for _, p := range s.Params {
			fmt.Fprintf(w, "    %s %s%s\n%s\n", p.Name, p.Type, notes(p), indent(indent(wrap(p.Doc, 88))))
		}
	}
	if s.Result != nil && s.Result.Kind == types.Record {
		fmt.Fprint(w, "\nResult\n")
		for _, fd := range s.Result.Fields {
			fmt.Fprintf(w, "    %s %s\n", fd.Name, fd.Type)
			if fd.Doc != "" {
				fmt.Fprintln(w, indent(indent(wrap(fd.Doc, 88))))
			}
		}
	}
	fmt.Fprintf(w, "\nExample\n%s\n", indent(s.Example))
}

func undoText(s *types.Signature) string {
	switch {
	case s.Undo != "" && s.UndoHandle != "":
		return s.Undo + " (where " + s.UndoHandle + " is a handle)"
	case s.Undo != "":
		return s.Undo
	case s.Kind == types.Action:
		return "none; say `undo by` a call, or `keep`"
	}
	return ""
}

// notes are the remarks on a parameter, in parentheses.
func notes(p types.Param) string {
	var n []string
	switch {
	case p.Rest:
		n = append(n, "takes all further arguments; a list is spread")
	case p.Default != "":
		n = append(n, "default "+defaultText(p))
	case p.Optional:
		n = append(n, "may be left out")
	}
	if p.Named {
		n = append(n, "by name only")
	}
	if p.Secret {
		n = append(n, "takes secrets")
	}
	if len(n) == 0 {
		return ""
	}
	return " (" + strings.Join(n, "; ") + ")"
}

// Index writes the list of all functions, namespace by namespace.
func Index(w io.Writer, namespaces []*stdlib.Namespace) {
	for i, ns := range namespaces {
		if i > 0 {
			fmt.Fprintln(w)
		}
		Namespace(w, ns)
	}
}

// Overview writes what a namespace is for, and the list of its functions.
func Overview(w io.Writer, ns *stdlib.Namespace) {
	Namespace(w, ns)
	if ns.Doc != "" {
		fmt.Fprintf(w, "\n%s\n", wrap(ns.Doc, 96))
	}
}

// Namespace writes the list of the functions of one namespace.
func Namespace(w io.Writer, ns *stdlib.Namespace) {
	fmt.Fprintf(w, "%s: %s\n", ns.Name, ns.Summary)
	width := 0
	for _, f := range ns.Functions() {
		width = max(width, len(f.Name()))
	}
	for _, f := range ns.Functions() {
		fmt.Fprintf(w, "    %-*s  %-6s  %s\n", width, f.Name(), f.Kind(), f.Signature().Summary)
	}
}

// Markdown writes docs/reference.md.
func Markdown(w io.Writer, namespaces []*stdlib.Namespace) {
	fmt.Fprint(w, "# The standard library\n\n")
	fmt.Fprint(w, "Written from the functions' own declarations by `go test ./stdlib/reference -update`.\n")
	fmt.Fprint(w, "`chaosc doc NAME` shows the same in a terminal.\n")
	for _, ns := range namespaces {
		fmt.Fprintf(w, "\n## %s\n\n%s\n", ns.Name, ns.Summary)
		if ns.Doc != "" {
			fmt.Fprintf(w, "\n%s\n", ns.Doc)
		}
		for _, f := range ns.Functions() {
			markdown(w, f)
		}
	}
}

func markdown(w io.Writer, f *stdlib.Function) {
	s := f.Signature()
	fmt.Fprintf(w, "\n### %s\n\n```\n%s\n```\n\n%s\n\n", s.Name, Call(s), s.Summary)
	fmt.Fprintf(w, "- Kind: %s.\n", kindText(s.Kind))
	if undo := undoText(s); undo != "" {
		fmt.Fprintf(w, "- Undo: %s.\n", undo)
	}
	if p := f.Platforms(); len(p) > 0 {
		fmt.Fprintf(w, "- Works on: %s.\n", strings.Join(p, ", "))
	}
	if s.Doc != "" {
		fmt.Fprintf(w, "\n%s\n", s.Doc)
	}
	if len(s.Params) > 0 {
		fmt.Fprint(w, "\n| parameter | type | |\n| --- | --- | --- |\n")
		for _, p := range s.Params {
			fmt.Fprintf(w, "| `%s` | %s | %s%s |\n", p.Name, cell(p.Type.String()), cell(p.Doc), notes(p))
		}
	}
	if s.Result != nil && s.Result.Kind == types.Record {
		fmt.Fprint(w, "\n| result | type | |\n| --- | --- | --- |\n")
		for _, fd := range s.Result.Fields {
			fmt.Fprintf(w, "| `%s` | %s | %s |\n", fd.Name, cell(fd.Type.String()), cell(fd.Doc))
		}
	}
	fmt.Fprintf(w, "\n```chaos\n%s\n```\n", s.Example)
}

// cell makes a text fit in a cell of a table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "<", `\<`, "\n", " ").Replace(s)
}

func indent(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = "    " + l
		}
	}
	return strings.Join(lines, "\n")
}

// wrap breaks the paragraphs of a text anew, at white space before a column.
// An empty line ends a paragraph; an indented line is left as it is.
func wrap(s string, width int) string {
	var out []string
	current := ""
	end := func() {
		if current != "" {
			out, current = append(out, current), ""
		}
	}
	for _, line := range strings.Split(s, "\n") {
		if line == "" || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			end()
			out = append(out, line)
			continue
		}
		for _, word := range strings.Fields(line) {
			if current != "" && len(current)+1+len(word) > width {
				end()
			}
			if current != "" {
				current += " "
			}
			current += word
		}
	}
	end()
	return strings.Join(out, "\n")
}
