package docs_test

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// world is what the server of the cases knows.
type world struct {
	mu     sync.Mutex
	visits map[string]int
}

func newWorld() *world { return &world{visits: map[string]int{}} }

// serve answers
//
//	/status/503       with that status
//	/slow/300         after so many milliseconds
//	/after/KEY/2      with 503 to the first two requests with that KEY, then with 200
//	/echo             with the request's headers and body
//	/json             with an object
func (w *world) serve(rw http.ResponseWriter, req *http.Request) {
	parts := strings.Split(strings.Trim(req.URL.Path, "/"), "/")
	n := 0
	if len(parts) > 1 {
		n, _ = strconv.Atoi(parts[len(parts)-1])
	}
	switch parts[0] {
	case "status":
		rw.WriteHeader(n)
		fmt.Fprintf(rw, "status %d", n)
	case "slow":
		select {
		case <-time.After(time.Duration(n) * time.Millisecond):
		case <-req.Context().Done():
		}
	case "after":
		w.mu.Lock()
		w.visits[parts[1]]++
		early := w.visits[parts[1]] <= n
		w.mu.Unlock()
		if early {
			rw.WriteHeader(http.StatusServiceUnavailable)
		}
	case "echo":
		req.Header.Write(rw)
		io.Copy(rw, req.Body)
	case "json":
		rw.Header().Set("Content-Type", "application/json")
		io.WriteString(rw, `{"state": "ok", "items": [{"name": "a"}], "n": 3, "a b": 1}`)
	default:
		rw.WriteHeader(http.StatusNotFound)
	}
}
