package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// experiment is one experiment while it is checked.
type experiment struct {
	tree     *ast.Experiment
	prog     *program.Experiment
	rollback bool // it has a rollback block, which puts back what says nothing itself
	lost     bool // a part could not be read: an unknown name may be its
	parallel bool // activities can run at the same time
	baseline bool // an expectation reads it

	description   *ast.Description
	tags          *ast.Tags
	contributions *ast.Contributions
	config        *ast.Config
	secrets       *ast.Secrets
	controls      *ast.Controls
	runtime       *ast.Runtime
	setup         *ast.Phase
	steady        *ast.Steady
	guards        []*ast.Guard
	method        *ast.Phase
	rollbackTree  *ast.Phase
	extensions    *ast.Extensions

	named  []*activity // named activities, in the order in which they were checked
	refs   []reference
	byName map[string][]*ast.Activity // all named activities, once a reference asks
}

// checkExperiments checks the experiments of a file.
func (c *checker) checkExperiments(f *file) {
	c.file = f
	var titles map[string]*ast.Experiment
	if f.exps > 1 {
		titles = make(map[string]*ast.Experiment, f.exps)
	}
	for _, d := range f.AST.Decls {
		tree, ok := d.(*ast.Experiment)
		if !ok {
			continue
		}
		if title, plain := tree.Title.Plain(); plain && titles != nil {
			if old := titles[title]; old != nil {
				c.report(titleTwice(c.at(tree.Title.Span), title, c.at(old.Title.Span)))
			} else {
				titles[title] = tree
			}
		}
		c.prog.Experiments = append(c.prog.Experiments, c.experiment(tree))
	}
}

func (c *checker) experiment(tree *ast.Experiment) *program.Experiment {
	x := &experiment{tree: tree, prog: &program.Experiment{At: c.at(tree.Span)}}
	x.prog.Title, _ = tree.Title.Plain()
	for _, s := range tree.Sections {
		x.sort(s)
	}
	if c.file.Broken {
		x.lost = hasBadParts(tree)
	}
	c.body = &body{level: program.Shared, exp: x, unknown: &unknowns{}}
	mark := c.names.open()
	c.head(x)
	if x.config != nil {
		c.config(x)
	}
	if x.secrets != nil {
		c.secrets(x)
	}
	if x.controls != nil {
		c.controls(x)
	}
	if x.runtime != nil {
		c.runtime(x)
	}
	c.phases(x)
	if x.extensions != nil {
		c.place, c.flow = place{loadTime: true}, flow{}
		x.prog.Extensions = c.loadTime(x.extensions.Value, role{noun: "the list", word: "extensions"})
	}
	c.close(mark)
	c.bindReferences(x)
	if x.parallel {
		c.conflicts(x)
	}
	c.outlook(x)
	c.body = nil
	return x.prog
}

// sort puts a section where it belongs, each once but guards.
func (x *experiment) sort(s ast.Section) {
	switch s := s.(type) {
	case *ast.Description:
		keep(&x.description, s)
	case *ast.Tags:
		keep(&x.tags, s)
	case *ast.Contributions:
		keep(&x.contributions, s)
	case *ast.Config:
		keep(&x.config, s)
	case *ast.Secrets:
		keep(&x.secrets, s)
	case *ast.Controls:
		keep(&x.controls, s)
	case *ast.Runtime:
		keep(&x.runtime, s)
	case *ast.Steady:
		keep(&x.steady, s)
	case *ast.Extensions:
		keep(&x.extensions, s)
	case *ast.Guard:
		x.guards = append(x.guards, s)
	case *ast.Phase:
		switch s.Word {
		case "setup":
			keep(&x.setup, s)
		case "rollback":
			keep(&x.rollbackTree, s)
			x.rollback = true
		default:
			keep(&x.method, s)
		}
	}
}

// keep stores the first section of a kind; the parser has told a second one.
func keep[T any](into **T, s *T) {
	if *into == nil {
		*into = s
	}
}

// keywordAt is the place of the word that a section starts with.
func (c *checker) keywordAt(s ast.Section) program.Loc {
	start := s.Range().Start
	return c.at(ast.Span{Start: start, End: start + ast.Pos(len(s.Keyword()))})
}

// hasBadParts reports whether a part of an experiment could not be read.
func hasBadParts(x *ast.Experiment) (bad bool) {
	ast.Walk(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BadSection, *ast.BadStmt, *ast.BadExpr:
			bad = true
		case *ast.Clause:
			bad = bad || n.Kind == ast.BadClause
		}
		return !bad
	})
	return bad
}

// head takes what is only text.
func (c *checker) head(x *experiment) {
	if x.description != nil {
		x.prog.Description, _ = x.description.Text.Plain()
	}
	if x.tags != nil {
		for _, t := range x.tags.Tags {
			x.prog.Tags = append(x.prog.Tags, t.Text)
		}
	}
	if x.contributions == nil {
		return
	}
	for i, item := range x.contributions.Items {
		if item.Name == nil || item.Level == nil {
			continue
		}
		for _, old := range x.contributions.Items[:i] {
			if old.Name != nil && old.Name.Text == item.Name.Text {
				c.report(contributionTwice(c.at(item.Name.Span), item.Name.Text, c.at(old.Name.Span)))
				break
			}
		}
		if !oneOf(item.Level.Text, contributionLevels) {
			c.report(unknownWord(c.at(item.Level.Span), "level of a contribution", item.Level.Text, contributionLevels))
		}
		x.prog.Contributions = append(x.prog.Contributions, program.Contribution{Name: item.Name.Text, Level: item.Level.Text})
	}
}

var contributionLevels = []string{"high", "medium", "low", "none"}

func oneOf(word string, words []string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}
