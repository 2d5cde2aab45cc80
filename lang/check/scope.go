package check

import (
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
)

// symbol is a name that expressions can use.
type symbol struct {
	program.Var
	name  *ast.Name
	used  bool
	block int   // the block it was declared in, to tell a double from a hidden name
	alias *file // of an import: the file; its Var stands for nothing
	isImp bool
	end   ast.Pos   // of the declaration of a constant, which is visible behind it
	param int       // index of a parameter
	act   *activity // of an activity
}

// activity is what the checker keeps of a named activity.
type activity struct {
	tree *ast.Activity
	prog *program.Activity
	name *symbol
}

// scope is a table of names in which blocks nest. A name is put in when its
// declaration ends and taken out when its block does.
type scope struct {
	byName map[string]*symbol
	log    []change
	block  int
}

// change is an entry of the undo log.
type change struct {
	key string
	old *symbol
	new *symbol
}

// open begins a block and returns what close needs.
func (s *scope) open() (mark int) {
	s.block++
	return len(s.log)
}

func (s *scope) put(key string, sym *symbol) {
	s.log = append(s.log, change{key, s.byName[key], sym})
	s.byName[key] = sym
}

// close ends a block: its names go, and those that nobody used are told.
func (c *checker) close(mark int) {
	s := &c.names
	for i := len(s.log) - 1; i >= mark; i-- {
		ch := s.log[i]
		if ch.old == nil {
			delete(s.byName, ch.key)
		} else {
			s.byName[ch.key] = ch.old
		}
	}
	for _, ch := range s.log[mark:] {
		c.unusedName(ch.new)
	}
	clear(s.log[mark:])
	s.log = s.log[:mark]
	s.block--
}

// lookup returns what a name means at a place of the text, or nil.
func (c *checker) lookup(name string, at ast.Pos) *symbol {
	if sym := c.names.byName[name]; sym != nil {
		return sym
	}
	if sym := c.file.globals[name]; sym != nil && (sym.end <= at) {
		return sym
	}
	return nil
}

// Keys of what is not reached by a bare name. No identifier has a zero byte.
func configKey(name string) string        { return "\x00c" + name }
func secretKey(group, name string) string { return "\x00s" + group + "\x00" + name }

// words that mean something by themselves in expressions.
func isOwnWord(name string) bool {
	switch name {
	case "baseline", "config", "secrets":
		return true
	}
	return false
}

// declare makes a name visible from here on. A quoted name is nobody's: it
// gives a symbol that no expression reaches.
func (c *checker) declare(n *ast.Name, kind program.VarKind, t *types.Type) *symbol {
	sym := c.newSymbol(n, kind, t)
	if !n.IsIdent() || n.Text == "" {
		return sym
	}
	if isOwnWord(n.Text) {
		c.report(ownWord(c.at(n.Span), n.Text, kind))
		return sym
	}
	if old := c.lookup(n.Text, n.Start); old != nil {
		c.report(nameTaken(c.at(n.Span), n.Text, old, old.block == c.names.block && old.Level == sym.Level))
		old.used = true
	}
	c.names.put(n.Text, sym)
	return sym
}

// newSymbol makes a symbol with a slot in the frame of the present body.
func (c *checker) newSymbol(n *ast.Name, kind program.VarKind, t *types.Type) *symbol {
	sym := c.nodes.symbols.get(symbol{name: n, block: c.names.block})
	sym.Var = program.Var{Name: n.Text, Kind: kind, Type: t, At: c.at(n.Span)}
	switch kind {
	case program.ConstVar, program.ConfigVar, program.SecretVar:
		sym.Level, sym.LoadTime = program.Global, true
		sym.Slot = c.prog.Globals
		c.prog.Globals++
	default:
		sym.Level = c.body.level
		sym.LoadTime = kind == program.LoopVar
		sym.Slot = c.body.newSlot()
	}
	return sym
}

func (b *body) newSlot() int {
	n := &b.slots
	if b.level == program.Shared {
		n = &b.exp.prog.Slots
	}
	*n++
	return *n - 1
}

// visibleNames are the names that could have been meant, for hints.
func (c *checker) visibleNames() []string {
	if c.tired() {
		return nil
	}
	var list []string
	for name := range c.names.byName {
		if !strings.HasPrefix(name, "\x00") {
			list = append(list, name)
		}
	}
	for name := range c.file.globals {
		list = append(list, name)
	}
	if c.result != nil && c.result.fields {
		for _, f := range c.result.t.Fields {
			list = append(list, f.Name)
		}
		list = append(list, "elapsed")
		if c.result.baseline {
			list = append(list, "baseline")
		}
	}
	return sorted(list)
}
