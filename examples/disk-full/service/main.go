// Command service is the system under test of the disk-full example: it keeps
// notes in a folder that has a quota. POST adds a note, GET lists how many
// there are.
//
// When the folder is full it refuses new notes with 507 and goes on serving
// the ones that it has.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8083", "address to listen on")
	folder := flag.String("folder", "notes", "folder of the notes")
	quota := flag.Int64("quota", 8<<20, "bytes that the folder may hold")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server := &http.Server{Addr: *addr, Handler: &notes{folder: *folder, quota: *quota}, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}

type notes struct {
	mu     sync.Mutex
	folder string
	quota  int64
}

const file = "notes.txt"

func (n *notes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if r.Method == http.MethodPost {
		n.add(w, r)
		return
	}
	content, err := os.ReadFile(filepath.Join(n.folder, file))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintf(w, "%d bytes of notes\n", len(content))
}

func (n *notes) add(w http.ResponseWriter, r *http.Request) {
	note, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	used, err := n.used()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if used+int64(len(note)) > n.quota {
		http.Error(w, "no room for another note", http.StatusInsufficientStorage)
		return
	}
	f, err := os.OpenFile(filepath.Join(n.folder, file), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err == nil {
		_, err = f.Write(append(note, '\n'))
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

// used adds up the files of the folder.
func (n *notes) used() (int64, error) {
	var sum int64
	err := filepath.WalkDir(n.folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	return sum, err
}
