package ctk

import "github.com/chaosc-lang/chaosc/ast"

// called is the call that a provider has become.
type called struct {
	call     *ast.Call
	result   result
	limit    *node // the provider's time limit, or nil
	undoable bool  // the standard library can put it back
}

// result is what is known of the result of a call.
type result uint8

const (
	anything result = iota // of Python
	response               // of http
	exit                   // of a process
	yesNo                  // of fs.exists and the like
	nothing                // of an action of fs
)

// fields are the names that a result has in a clause.
func (r result) fields() []string {
	switch r {
	case response:
		return []string{"status", "headers", "body", "json", "data", "url"}
	case exit:
		return []string{"status", "stdout", "stderr"}
	}
	return nil
}

// providerKeys returns the keys of a type of provider, or nil.
func providerKeys(kind string) []string {
	switch kind {
	case "http":
		return []string{"type", "url", "method", "headers", "arguments", "timeout", "verify_tls", "max_retries", "secrets"}
	case "process":
		return []string{"type", "path", "arguments", "timeout", "secrets"}
	case "python":
		return []string{"type", "module", "func", "arguments", "secrets"}
	}
	return nil
}

// provider makes the call of a provider.
func (b *builder) provider(n *node) *called {
	kind := n.get("type").str()
	known := providerKeys(kind)
	if known == nil {
		reason := "an activity requires a provider"
		if n.has("type") {
			reason = "unknown provider type '" + pythonText(n.get("type")) + "'"
		}
		return b.aborted(n, reason)
	}
	b.unknownIn(&b.extra, n, known, "a provider of the type "+kind, "provider")
	switch kind {
	case "http":
		b.extra.add(n.get("secrets"), "provider", "secrets")
		return b.http(n)
	case "process":
		b.extra.add(n.get("secrets"), "provider", "secrets")
		return b.process(n)
	}
	return b.python(n)
}

// aborted is an activity that the Chaos Toolkit cannot do: it aborts. The
// provider, which may be nil, is carried.
func (b *builder) aborted(provider *node, reason string) *called {
	at := b.act.Span
	if provider != nil {
		at = provider.Span
		b.extra.drop("provider")
		b.extra.add(provider, "provider")
	}
	return &called{call: b.abort(at, reason)}
}

// abort is what the Chaos Toolkit does on an error that it does not foresee:
// the experiment is aborted. As a call it can stand where the error occurs.
func (im *importer) abort(at ast.Span, message string) *ast.Call {
	return callOf(at, "toolkit.abort", arg(stringOf(message, at)))
}
