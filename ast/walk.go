package ast

// Walk calls f for n and, where f returns true, for each node below it, in the
// order of the source. Nil nodes are left out.
func Walk(n Node, f func(Node) bool) {
	if n == nil || !f(n) {
		return
	}
	walkChildren(n, f)
}

func walkList[T Node](list []T, f func(Node) bool) {
	for _, n := range list {
		Walk(n, f)
	}
}

// walkOpt walks a pointer that may be nil.
func walkOpt[T any, P interface {
	*T
	Node
}](p P, f func(Node) bool) {
	if p != nil {
		Walk(p, f)
	}
}

func walkChildren(n Node, f func(Node) bool) {
	switch n := n.(type) {
	case *File:
		walkList(n.Imports, f)
		walkList(n.Decls, f)
	case *Import:
		walkOpt(n.Path, f)
		walkOpt(n.Alias, f)
	case *Name:
		walkOpt(n.Quoted, f)
	case *Def:
		walkOpt(n.Name, f)
		walkList(n.Params, f)
		walkOpt(n.Call, f)
		walkList(n.Clauses, f)
		walkOpt(n.Body, f)
	case *Param:
		walkOpt(n.Name, f)
		walkOpt(n.Type, f)
		Walk(n.Default, f)
	case *TypeExpr:
		walkOpt(n.Elem, f)
	case *Experiment:
		walkOpt(n.Title, f)
		walkList(n.Sections, f)
	case Section:
		walkSection(n, f)
	case Stmt:
		walkStmt(n, f)
	case Expr:
		walkExpr(n, f)
	case *Contribution:
		walkOpt(n.Name, f)
		walkOpt(n.Level, f)
	case *Entry:
		walkOpt(n.Name, f)
		walkOpt(n.Type, f)
		Walk(n.Value, f)
	case *SecretGroup:
		walkOpt(n.Name, f)
		walkList(n.Entries, f)
	case *ControlEntry:
		walkOpt(n.Name, f)
		walkOpt(n.Call, f)
	case *HypothesisSetting:
		walkOpt(n.Strategy, f)
		Walk(n.Every, f)
	case *Setting:
		walkOpt(n.Word, f)
		Walk(n.Value, f)
	case *Clause:
		Walk(n.Value, f)
		Walk(n.Every, f)
		walkOpt(n.Name, f)
		walkOpt(n.Call, f)
	case *ObjectField:
		walkOpt(n.Key, f)
		Walk(n.Value, f)
	case *Arg:
		walkOpt(n.Name, f)
		Walk(n.Value, f)
	}
}

func walkSection(n Section, f func(Node) bool) {
	switch n := n.(type) {
	case *Description:
		walkOpt(n.Text, f)
	case *Tags:
		walkList(n.Tags, f)
	case *Contributions:
		walkList(n.Items, f)
	case *Config:
		walkList(n.Entries, f)
	case *Secrets:
		walkList(n.Groups, f)
	case *Controls:
		walkList(n.Controls, f)
	case *Runtime:
		walkList(n.Order, f)
	case *Phase:
		walkOpt(n.Body, f)
	case *Steady:
		walkOpt(n.Title, f)
		Walk(n.Within, f)
		Walk(n.Every, f)
		walkOpt(n.Body, f)
	case *Guard:
		walkOpt(n.Title, f)
		Walk(n.Every, f)
		walkOpt(n.Body, f)
	case *Extensions:
		Walk(n.Value, f)
	}
}

func walkStmt(n Stmt, f func(Node) bool) {
	switch n := n.(type) {
	case *Block:
		walkList(n.Stmts, f)
	case *Activity:
		walkOpt(n.Name, f)
		walkOpt(n.Ref, f)
		walkOpt(n.Call, f)
		walkList(n.Clauses, f)
	case *Pause:
		Walk(n.Duration, f)
	case *Wait:
		walkOpt(n.Name, f)
		Walk(n.Cond, f)
		Walk(n.Within, f)
		Walk(n.Every, f)
	case *Let:
		walkOpt(n.Name, f)
		Walk(n.Value, f)
	case *Check:
		Walk(n.Cond, f)
	case *Restore:
		walkOpt(n.Name, f)
	case *Log:
		Walk(n.Value, f)
	case *If:
		Walk(n.Cond, f)
		walkOpt(n.Then, f)
		Walk(n.Else, f)
	case *For:
		walkOpt(n.Var, f)
		Walk(n.List, f)
		walkOpt(n.Body, f)
	case *Repeat:
		Walk(n.Count, f)
		Walk(n.For, f)
		Walk(n.Every, f)
		walkOpt(n.Body, f)
	case *Parallel:
		walkOpt(n.Body, f)
	case *Abort:
		Walk(n.Reason, f)
	}
}

func walkExpr(n Expr, f func(Node) bool) {
	switch n := n.(type) {
	case *String:
		for _, p := range n.Parts {
			Walk(p.Hole, f)
		}
	case *List:
		walkList(n.Elems, f)
	case *Object:
		walkList(n.Fields, f)
	case *Paren:
		Walk(n.X, f)
	case *Unary:
		Walk(n.X, f)
	case *Binary:
		Walk(n.X, f)
		Walk(n.Y, f)
	case *Cond:
		Walk(n.If, f)
		Walk(n.Then, f)
		Walk(n.Else, f)
	case *Call:
		walkList(n.Path, f)
		walkList(n.Args, f)
	case *Index:
		Walk(n.X, f)
		Walk(n.Index, f)
	case *Field:
		Walk(n.X, f)
		walkOpt(n.Name, f)
	}
}
