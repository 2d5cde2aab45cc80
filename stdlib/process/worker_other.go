//go:build !linux

package process

// firstToGo does nothing here: the system has no word in whom it ends when
// memory runs out.
func firstToGo() {}
