package fs

import (
	"io/fs"
	"strconv"
	"syscall"
	"time"
)

// addSystem adds what only the system's own description of a file tells.
func addSystem(s *saved, info fs.FileInfo) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return
	}
	s.UID, s.GID, s.links = int(st.Uid), int(st.Gid), uint64(st.Nlink)
	s.ID = strconv.FormatUint(uint64(st.Dev), 16) + ":" + strconv.FormatUint(st.Ino, 10)
	s.Accessed = time.Unix(st.Atimespec.Unix()).UTC()
}
