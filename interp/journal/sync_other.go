//go:build !unix

package journal

// canNotSync is true: folders cannot be synced here.
func canNotSync(error) bool { return true }
