package diag

// activityCodes are the mistakes with activities, statements and undo.
var activityCodes = []Code{
	{"E0401", "action that says nothing of its change",
		"Nothing may be left broken, so every action says how its change is put back: `undo` by the function's own inverse, `undo by` a call, or `keep` where it is meant to stay. An experiment with a `rollback` block may leave it to that.",
		`experiment "example" {
    method {
        action a = fs.rename("x", to: "y")
    }
}`,
		`experiment "example" {
    method {
        action a = fs.rename("x", to: "y") undo
    }
}`},
	{"E0402", "no inverse",
		"A bare `undo` needs a function that has an inverse; `chaosc doc` says which do. A process can be started again only where this run has started it.",
		`experiment "example" {
    method {
        action a = process.run("systemctl", "stop", "shop") undo
    }
}`,
		`experiment "example" {
    method {
        action a = process.run("systemctl", "stop", "shop")
            undo by process.run("systemctl", "start", "shop")
    }
}`},
	{"E0403", "undo of a probe",
		"A probe only looks, so there is nothing to put back or to keep.",
		`experiment "example" {
    method {
        probe p = fs.exists("x") undo
    }
}`,
		`experiment "example" {
    method {
        probe p = fs.exists("x")
    }
}`},
	{"E0404", "undo that contradicts",
		"An action says one of `undo`, `undo by` and `keep`.",
		`experiment "example" {
    method {
        action a = fs.remove("x") undo keep
    }
}`,
		`experiment "example" {
    method {
        action a = fs.remove("x") undo
    }
}`},
	{"E0405", "undo at the call of a definition",
		"How a change is put back stands inside of the definition, at the action that makes it.",
		`action hide(f: string) = fs.rename(f, to: "${f}.old") undo

experiment "example" {
    method {
        action a = hide("x") undo
    }
}`,
		`action hide(f: string) = fs.rename(f, to: "${f}.old") undo

experiment "example" {
    method {
        action a = hide("x")
    }
}`},
	{"E0406", "undo by a probe",
		"What puts a change back changes something itself: it is an action.",
		`experiment "example" {
    method {
        action a = fs.rename("x", to: "y")
            undo by fs.exists("x")
    }
}`,
		`experiment "example" {
    method {
        action a = fs.rename("x", to: "y")
            undo by fs.rename("y", to: "x")
    }
}`},
	{"E0407", "action where a probe belongs",
		"A probe only looks. A steady state and a guard cannot break what they measure.",
		`experiment "example" {
    method {
        probe p = fs.remove("x")
    }
}`,
		`experiment "example" {
    method {
        action p = fs.remove("x") undo
    }
}`},
	{"E0408", "probe where an action belongs",
		"The function changes nothing, so there is nothing to put back.",
		`experiment "example" {
    method {
        action a = fs.exists("x")
    }
}`,
		`experiment "example" {
    method {
        probe a = fs.exists("x")
    }
}`},
	{"E0409", "action in an expression",
		"An action is seen as one: it stands alone, is written down before it happens, and says how it is put back.",
		`experiment "example" {
    method {
        let x = fs.remove("x")
    }
}`,
		`experiment "example" {
    method {
        action x = fs.remove("x") undo
    }
}`},
	{"E0410", "probe in an expression",
		"A look at the world takes time and can fail. It stands in `let`, `expect`, `assert`, `wait`, config, or as a probe of its own, so that it is seen.",
		`experiment "example" {
    method {
        if fs.exists("x") {
            log "there"
        }
    }
}`,
		`experiment "example" {
    method {
        let there = fs.exists("x")
        if there {
            log "there"
        }
    }
}`},
	{"E0411", "action in steady or guard",
		"These sections look whether the system is well; they are checked more than once, and must not change it.",
		`experiment "example" {
    steady "it answers" {
        action a = fs.remove("x") undo
        probe p = fs.exists("y")
            expect it
    }
}`,
		`experiment "example" {
    steady "it is there" {
        probe p = fs.exists("y")
            expect it
    }
    method {
        action a = fs.remove("x") undo
    }
}`},
	{"E0412", "statement that cannot stand here",
		"`steady` and `guard` hold probes with their expectations, `let` and `for`.",
		`experiment "example" {
    steady "it answers" {
        probe p = fs.exists("y")
            expect it
        pause 1s
    }
}`,
		`experiment "example" {
    steady "it answers" {
        probe p = fs.exists("y")
            settle 1s
            expect it
    }
}`},
	{"E0413", "abort that cannot stand here",
		"In steady and guard it is an expectation that says what must hold; a rollback is always carried to its end.",
		`experiment "example" {
    method {
        pause 1s
    }
    rollback {
        abort "no"
    }
}`,
		`experiment "example" {
    method {
        abort "no"
    }
    rollback {
        pause 1s
    }
}`},
	{"E0416", "nothing to restore",
		"`restore NAME` undoes an action that was done before, now instead of at the end.",
		`experiment "example" {
    method {
        probe p = fs.exists("x")
        restore p
    }
}`,
		`experiment "example" {
    method {
        action a = fs.remove("x") undo
        restore a
    }
}`},
	{"E0417", "action without undo",
		"The action is kept, or left to the rollback block, so that there is no undo that `restore` could do.",
		`experiment "example" {
    method {
        action a = fs.remove("x") keep
        restore a
    }
}`,
		`experiment "example" {
    method {
        action a = fs.remove("x") undo
        restore a
    }
}`},
	{"E0418", "reference of the wrong kind",
		"A probe is done again by `probe NAME`, an action by `action NAME`.",
		`experiment "example" {
    method {
        action a = fs.touch("x") undo
        probe a
    }
}`,
		`experiment "example" {
    method {
        action a = fs.touch("x") undo
        action a
    }
}`},
	{"E0419", "reference in a definition",
		"A definition belongs to no experiment, so it sees no activity that it could do again. It calls functions.",
		`action again() {
    probe p
}

experiment "example" {
    method {
        probe p = fs.exists("x")
        action a = again()
    }
}`,
		`action again() {
    probe p = fs.exists("x")
}

experiment "example" {
    method {
        probe p = fs.exists("x")
        action a = again()
    }
}`},
	{"E0420", "definition that calls itself",
		"Definitions cannot be recursive: a run always ends.",
		`probe a() = b()

probe b() = a()

experiment "example" {
    method {
        probe p = a()
    }
}`,
		`probe a() = b()

probe b() = fs.exists("x")

experiment "example" {
    method {
        probe p = a()
    }
}`},
	{"E0421", "definitions that nest too deep",
		"Definitions may call each other 100 deep.",
		"",
		""},
	{"E0423", "background in a definition",
		"A call gives a result, so what it is made of cannot run on behind it. The call itself can run in the background.",
		`probe up() = fs.exists("x")
    background

experiment "example" {
    method {
        probe p = up()
        pause 1s
    }
}`,
		`probe up() = fs.exists("x")

experiment "example" {
    method {
        probe p = up()
            background
        pause 1s
    }
}`},
	{"E0424", "two actions on one thing",
		"Two actions that change the same thing at the same time cannot both be put back: what the second finds is what the first has left, or not yet.",
		`experiment "example" {
    method {
        parallel {
            action a = fs.touch("x") undo
            action b = fs.remove("x") undo
        }
    }
}`,
		`experiment "example" {
    method {
        action a = fs.touch("x") undo
        action b = fs.remove("x") undo
    }
}`},
	{"E0425", "not a control",
		"A control is what python.control gives.",
		`experiment "example" {
    controls {
        tracing = http.get("http://localhost")
    }
    method {
        pause 1s
    }
}`,
		`experiment "example" {
    method {
        pause 1s
    }
}`},
}
