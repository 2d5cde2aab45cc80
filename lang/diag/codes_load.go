package diag

// loadCodes are the mistakes with files and imports, and with what this version
// cannot reach.
var loadCodes = []Code{
	{"E0501", "file that cannot be read",
		"The file on the command line does not exist, may not be read, is a folder, or is larger than 64 MiB.",
		"",
		""},
	{"E0502", "Chaos Toolkit experiment",
		"Files that end in .json, .yaml or .yml are experiments of the Chaos Toolkit. This version does not run them as they are; `chaosc convert` writes them as .chaos files.",
		`import "lib/old.json" as old

experiment "example" {
    method {
        pause 1s
    }
}`,
		`experiment "example" {
    method {
        pause 1s
    }
}`},
	{"E0503", "import that cannot be read",
		"The path of an import is relative to the folder of the file that imports it.",
		`import "lib/absent.chaos" as absent

experiment "example" {
    method {
        pause 1s
    }
}`,
		`experiment "example" {
    method {
        pause 1s
    }
}`},
	{"E0504", "cycle of imports",
		"Files cannot import each other in a circle. What both need goes into a third file.",
		`// lib/circle.chaos imports example.chaos
import "lib/circle.chaos" as circle

experiment "example" {
    method {
        pause 1s
    }
}`,
		`experiment "example" {
    method {
        pause 1s
    }
}`},
	{"E0505", "imports that nest too deep",
		"More than 100 files import each other in a row; a link between folders can make such a path.",
		"",
		""},
	{"E0506", "import without a name",
		"An import is named by the file, without its extension, where that is an identifier.",
		`import "lib/two words.chaos"

experiment "example" {
    method {
        pause 1s
    }
}`,
		`import "lib/two words.chaos" as words

experiment "example" {
    method {
        pause 1s
    }
}`},
	{"E0507", "Python is not there",
		"Imported Python packages and controls run in Python, which this version of chaosc has no bridge to. A script can be started as any other process.",
		`import python "chaosk8s" as k8s

experiment "example" {
    method {
        probe p = k8s.pods()
    }
}`,
		`experiment "example" {
    method {
        probe p = process.run("python3", "pods.py")
    }
}`},
	{"E0508", "Vault is not there",
		"This version of chaosc has no client for HashiCorp Vault. What `vault kv get` prints can be given by an environment variable or a file.",
		`experiment "example" {
    config {
        token = vault("secret/api", key: "token")
    }
    method {
        log token
    }
}`,
		`experiment "example" {
    config {
        token = env("TOKEN")
    }
    method {
        log token
    }
}`},
}
