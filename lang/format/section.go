package format

import (
	"cmp"
	"slices"

	"github.com/chaosc-lang/chaosc/ast"
)

func (p *printer) section(n ast.Section) {
	switch n := n.(type) {
	case *ast.Description:
		p.write("description ")
		p.str(n.Text)
	case *ast.Tags:
		p.write("tags ")
		p.commas(len(n.Tags), func(i int) { p.label(n.Tags[i]) })
	case *ast.Contributions:
		p.write("contributions ")
		p.commas(len(n.Items), func(i int) {
			p.label(n.Items[i].Name)
			p.write(": ")
			p.label(n.Items[i].Level)
		})
	case *ast.Config:
		p.write("config ")
		p.block(n, func() { p.entries(n.Entries) })
	case *ast.Secrets:
		p.write("secrets ")
		p.block(n, func() { p.groups(n.Groups) })
	case *ast.Controls:
		p.write("controls ")
		p.block(n, func() { p.controls(n.Controls) })
	case *ast.Runtime:
		p.write("runtime ")
		p.block(n, func() { p.settings(n) })
	case *ast.Phase:
		p.write(n.Word + " ")
		p.body(n.Body)
	case *ast.Steady:
		p.write("steady ")
		p.title(n.Title)
		if n.Within != nil {
			p.write(" recovers within ")
			p.expr(n.Within, len(" {"))
			p.every(n.Every, len(" {"))
		}
		p.write(" ")
		p.body(n.Body)
	case *ast.Guard:
		p.write("guard ")
		p.title(n.Title)
		p.every(n.Every, len(" {"))
		p.write(" ")
		p.body(n.Body)
	case *ast.Extensions:
		p.write("extensions ")
		p.expr(n.Value, 0)
	default:
		p.asWritten(n)
	}
}

// commas writes n things on one line, or where that is too long each but the
// first on a line of its own.
func (p *printer) commas(n int, write func(i int)) {
	if p.try(0, func() {
		for i := range n {
			if i > 0 {
				p.write(", ")
			}
			write(i)
		}
	}) {
		return
	}
	p.indent++
	for i := range n {
		if i > 0 {
			p.write(",")
			p.newline()
		}
		write(i)
	}
	p.indent--
}

func (p *printer) entries(list []*ast.Entry) {
	for i, n := range list {
		p.start(n, i == 0)
		start := len(p.buf)
		p.name(n.Name)
		p.typeOf(n.Type)
		if n.Value == nil {
			p.align()
		} else {
			p.equals()
			p.expr(n.Value, 0)
			p.join("entry", start)
		}
		p.trailing(n)
	}
}

func (p *printer) groups(list []*ast.SecretGroup) {
	for i, n := range list {
		p.start(n, i == 0)
		p.name(n.Name)
		p.write(" ")
		p.block(n, func() { p.entries(n.Entries) })
		p.trailing(n)
	}
}

func (p *printer) controls(list []*ast.ControlEntry) {
	for i, n := range list {
		p.start(n, i == 0)
		start := len(p.buf)
		p.name(n.Name)
		p.equals()
		p.call(n.Call, 0)
		p.join("entry", start)
		p.trailing(n)
	}
}

// settings writes what stands in runtime, in the order of the language.
func (p *printer) settings(n *ast.Runtime) {
	list := slices.Clone(n.Order)
	if len(list) == 0 { // made by a program
		if n.Hypothesis != nil {
			list = append(list, n.Hypothesis)
		}
		for _, s := range []*ast.Setting{n.Rollbacks, n.Timeout, n.Deadline} {
			if s != nil {
				list = append(list, s)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b ast.Node) int { return cmp.Compare(settingRank(a), settingRank(b)) })
	for _, s := range list {
		p.startAfter(s, false)
		p.setting(s)
		p.trailing(s)
	}
}

func settingRank(n ast.Node) int {
	if s, ok := n.(*ast.Setting); ok {
		return 1 + slices.Index([]string{"rollbacks", "timeout", "deadline"}, s.Keyword)
	}
	return 0
}

func (p *printer) setting(n ast.Node) {
	switch n := n.(type) {
	case *ast.HypothesisSetting:
		p.write("hypothesis ")
		p.name(n.Strategy)
		p.every(n.Every, 0)
		if n.FailFast {
			p.write(" fail-fast")
		}
	case *ast.Setting:
		p.write(n.Keyword + " ")
		if n.Word != nil {
			p.name(n.Word)
		} else if n.Value != nil {
			p.expr(n.Value, 0)
		}
	}
}
