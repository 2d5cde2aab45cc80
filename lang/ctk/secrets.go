package ctk

import (
	"github.com/chaosc-lang/chaosc/ast"
)

// declareSecrets makes the variables of all secrets. They are known before the
// configuration is, as the probes that give entries of it see them.
func (im *importer) declareSecrets(n *node) {
	if !n.is(mapping) {
		return
	}
	for i, g := range n.keys {
		group := n.items[i]
		if !group.is(mapping) || isOutside(group) {
			continue
		}
		for j, k := range group.keys {
			value := group.items[j]
			v := &variable{name: k.text, group: g.text, at: k.Span, typ: typeOf(value)}
			v.full = value.is(text) && value.text != "" || value.is(whole)
			switch value.get("type").str() {
			case "env":
				v.typ = textType
			case "vault":
				v.typ = anyType
				if value.has("key") && value.has("path") {
					v.typ = textType
				}
			}
			if im.secrets[k.text] == nil {
				im.secrets[k.text] = v
				im.known = append(im.known, k.text)
			}
		}
	}
}

// isOutside reports whether a mapping says where a value comes from.
func isOutside(n *node) bool {
	t := n.get("type").str()
	return t == "env" || t == "vault"
}

// secretGroups is the section secrets.
func (im *importer) secretGroups(n *node) ast.Section {
	if n == nil || n.is(null) {
		return nil
	}
	if !n.is(mapping) {
		im.carry(n, "secrets")
		return nil
	}
	s := &ast.Secrets{Span: n.Span, Close: n.End}
	for i, k := range n.keys {
		group := n.items[i]
		if !group.is(mapping) || isOutside(group) {
			im.carry(group, "secrets", k.text)
			continue
		}
		g := &ast.SecretGroup{Span: k.Span.Join(group.Span), Name: nameOf(k.text, k.Span), Close: group.End}
		for j, name := range group.keys {
			v := group.items[j]
			e := &ast.Entry{Span: name.Span.Join(v.Span), Name: nameOf(name.text, name.Span), Value: im.secret(v, "secrets", k.text, name.text)}
			im.noteAll(e, name, v)
			g.Entries = append(g.Entries, e)
		}
		im.note(g, k, group)
		s.Groups = append(s.Groups, g)
	}
	if len(s.Groups) == 0 {
		return nil
	}
	return s
}

// secret is the value of a secret: where it comes from, or what it is.
// Mappings may be nested.
func (im *importer) secret(n *node, path ...string) ast.Expr {
	if !n.is(mapping) {
		return literal(n)
	}
	var call *ast.Call
	known := []string{"type", "key"}
	switch key := n.get("key"); n.get("type").str() {
	case "env":
		if key.is(text) {
			call = callOf(n.Span, "env", arg(stringOf(key.text, key.Span)))
		}
	case "vault":
		known = append(known, "path")
		call = im.vault(n)
	}
	if call != nil {
		for i, k := range n.keys {
			if k.text != known[0] && k.text != known[1] && k.text != known[len(known)-1] {
				im.report(unknownKey(im.src, k, "a secret", known))
				im.carry(n.items[i], append(path[:len(path):len(path)], k.text)...)
			}
		}
		return call
	}
	o := &ast.Object{Span: n.Span}
	for i, k := range n.keys {
		o.Fields = append(o.Fields, fieldOf(k.text, k.Span, im.secret(n.items[i], append(path[:len(path):len(path)], k.text)...)))
	}
	return o
}

// vault is a secret of HashiCorp Vault: an entry of what stands at a path, or
// all of it. In older experiments the path was called key.
func (im *importer) vault(n *node) *ast.Call {
	path, key := n.get("path"), n.get("key")
	if path == nil && key.is(text) {
		im.report(vaultKeyAsPath(im.src, n))
		return nil
	}
	if !path.is(text) {
		return nil
	}
	call := callOf(n.Span, "vault", arg(stringOf(path.text, path.Span)))
	if key.is(text) {
		call.Args = append(call.Args, named("key", stringOf(key.text, key.Span)))
	}
	return call
}
