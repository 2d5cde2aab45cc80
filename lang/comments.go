package lang

// Comments are no part of the grammar: the scanner collects them, and here
// each is given to the node it stands at, by position alone. Nodes that start
// a line come in groups (the statements of a block, the elements of a list);
// within its group a comment belongs to the node that ends before it on its
// line, else to the node that follows it, else to the owner of the group.
// ast.Comments says the same from the reader's side.

import (
	"slices"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
)

// attacher hands out comments.
type attacher struct {
	text string
	out  ast.Comments
}

// attach returns the comments by node, or nil when there are none.
func attach(file *ast.File, comments []ast.Comment) ast.Comments {
	if len(comments) == 0 {
		return nil
	}
	a := &attacher{text: file.Source.Text, out: make(ast.Comments, len(comments))}
	nodes := make([]ast.Node, 0, len(file.Imports)+len(file.Decls))
	nodes = appendNodes(appendNodes(nodes, file.Imports), file.Decls)
	slices.SortStableFunc(nodes, func(x, y ast.Node) int { return int(x.Range().Start - y.Range().Start) })
	a.group(group{owner: file, at: file.Span, nodes: nodes}, comments)
	return a.out
}

// group is a run of nodes each of which starts a line.
type group struct {
	owner ast.Node // gets the comments behind the last node
	at    ast.Span
	nodes []ast.Node
	head  ast.Pos // end of what stands before the group on the owner's first line; 0 for a bracket
}

func (a *attacher) of(n ast.Node) *ast.NodeComments {
	c := a.out[n]
	if c == nil {
		c = &ast.NodeComments{}
		a.out[n] = c
	}
	return c
}

func (a *attacher) lead(n ast.Node, list ...ast.Comment) {
	if len(list) > 0 {
		c := a.of(n)
		c.Leading = append(c.Leading, list...)
	}
}

// sameLine reports whether there is no line end between two places.
func (a *attacher) sameLine(from, to ast.Pos) bool {
	return strings.IndexByte(a.text[from:to], '\n') < 0
}

// before splits off the comments that start before a place.
func before(list []ast.Comment, at ast.Pos) (first, rest []ast.Comment) {
	i := 0
	for i < len(list) && list[i].Start < at {
		i++
	}
	return list[:i], list[i:]
}

// group hands out the comments inside a group.
func (a *attacher) group(g group, list []ast.Comment) {
	var previous ast.Node
	for _, n := range g.nodes {
		var some []ast.Comment
		some, list = before(list, n.Range().Start)
		for _, c := range some {
			switch {
			case previous != nil && a.sameLine(previous.Range().End, c.Start):
				a.trail(previous, c)
			case previous == nil && g.head > 0 && a.sameLine(g.head, c.Start):
				a.lead(g.owner, c)
			default:
				a.lead(n, c)
			}
		}
		some, list = before(list, n.Range().End)
		a.inside(n, some)
		previous = n
	}
	for _, c := range list {
		if previous != nil && a.sameLine(previous.Range().End, c.Start) {
			a.trail(previous, c)
			continue
		}
		o := a.of(g.owner)
		o.Inner = append(o.Inner, c)
	}
}

// trail gives a comment to the node it stands behind, which is the last
// clause where the node ends with clauses.
func (a *attacher) trail(n ast.Node, c ast.Comment) {
	clauses := []*ast.Clause(nil)
	switch n := n.(type) {
	case *ast.Activity:
		clauses = n.Clauses
	case *ast.Def:
		clauses = n.Clauses
	}
	if len(clauses) > 0 {
		n = clauses[len(clauses)-1]
	}
	o := a.of(n)
	o.Trailing = append(o.Trailing, c)
}

// inside hands out the comments between the start and the end of a node.
func (a *attacher) inside(n ast.Node, list []ast.Comment) {
	if len(list) == 0 {
		return
	}
	for _, g := range groups(n) {
		var some []ast.Comment
		some, list = before(list, g.at.Start)
		a.lead(n, some...)
		some, list = before(list, g.at.End)
		a.group(g, some)
	}
	a.lead(n, list...)
}

// groups returns the groups in a node, in order, without those in a group.
func groups(n ast.Node) []group {
	var list []group
	add := func(owner ast.Node, from ast.Pos, nodes []ast.Node) {
		list = append(list, group{owner: owner, at: ast.Span{Start: from, End: owner.Range().End}, nodes: nodes})
	}
	var clauses []*ast.Clause
	var head ast.Pos
	ast.Walk(n, func(m ast.Node) bool {
		from := m.Range().Start
		switch m := m.(type) {
		case *ast.Experiment:
			add(m, m.Title.End, appendNodes(nil, m.Sections))
		case *ast.Config:
			add(m, from, appendNodes(nil, m.Entries))
		case *ast.Secrets:
			add(m, from, appendNodes(nil, m.Groups))
		case *ast.SecretGroup:
			add(m, m.Name.End, appendNodes(nil, m.Entries))
		case *ast.Controls:
			add(m, from, appendNodes(nil, m.Controls))
		case *ast.Runtime:
			add(m, from, m.Order)
		case *ast.Block:
			add(m, from, appendNodes(nil, m.Stmts))
		case *ast.List:
			add(m, from, appendNodes(nil, m.Elems))
		case *ast.Object:
			add(m, from, appendNodes(nil, m.Fields))
		case *ast.Call:
			add(m, m.Open, appendNodes(nil, m.Args))
		case *ast.Activity:
			clauses = m.Clauses
			if m.Call != nil {
				head = m.Call.End
			} else {
				head = m.Ref.End
			}
			return true
		case *ast.Def:
			if clauses = m.Clauses; m.Call != nil {
				head = m.Call.End
			}
			return true
		case *ast.Clause:
			return m == n // else it stands in the group of the clauses
		default:
			return true
		}
		return false
	})
	if len(clauses) > 0 {
		at := ast.Span{Start: head, End: n.Range().End}
		list = append(list, group{owner: n, at: at, nodes: appendNodes(nil, clauses), head: head})
	}
	return list
}

func appendNodes[T ast.Node](list []ast.Node, nodes []T) []ast.Node {
	for _, n := range nodes {
		list = append(list, n)
	}
	return list
}
