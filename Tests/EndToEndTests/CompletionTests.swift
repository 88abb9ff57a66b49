import Foundation
import TestSupport
import Testing

/// The completion scripts, run by the shells that they are for.
@Suite(.timeLimit(.minutes(40))) struct CompletionTests {
    /// A command line up to the cursor, and the words that are offered for its last one.
    private static let lines: [(line: [String], offers: [String])] = [
        (["train", "200re"], ["200relu", "200relu6"]),
        (["train", "100tanh-200leaky"], ["100tanh-200leaky_relu"]),
        (["train", "200relu+d"], ["200relu+drop0.2"]),
        (["train", "exercise-"], ["exercise-1", "exercise-2", "exercise-3"]),
        (["train", "200relu", "sch"], ["schedule=", "schedule_free_adamw"]),
        (["train", "200relu", "adamw", "nada"], []),
        (["train", "200relu", "momen"], []),
        (["train", "200relu", "sgd", "momen"], ["momentum="]),
        (["--theme", "gruv"], ["gruvbox", "gruvbox-light"]),
        (["exercise-2", "--theme", "drac"], ["dracula"]),
        (["dashboard", "--theme", "nor"], ["nord"]),
        (["exer"], ["exercise-1", "exercise-2", "exercise-3"]),
        (["64relu", "batc"], ["batch="]),
        (["pres"], ["presets"]),
        (["--gl"], ["--glyphs"]),
        (["train", "--data", "fash"], ["fashion-mnist"]),
        (["train", "--data", "shap"], ["shapes-of-mine"]),
        (["data", "remove", "shap"], ["shapes-of-mine"]),
        (["runs", "show", ""], ["last", "2", "1", "wide"]),
        (["runs", "show", "w"], ["wide"]),
        (["runs", "diff", "1", "wi"], ["wide"]),
        (["train", "--resume", "la"], ["last"]),
        (["screenshot", "curves", "--run", "wi"], ["wide"]),
        (["screenshot", "con"], ["confusion"]),
        (["runs", "list", "--sort", "test_acc"], ["test_accuracy"]),
        (["runs", "list", "--columns", "id,val_l"], ["id,val_loss"]),
        (["settings", "adamw"], ["adamw"]),
        (["runs", "sho"], ["show"]),
    ]

    @Test("bash offers presets, words of specs, data sets, themes and runs", .enabled(if: Tool.path("bash") != nil))
    func bash() throws {
        let store = try Self.store()
        let script = """
            source <(trainspotter --generate-completion-script bash)
            offer() {
                COMP_WORDS=(trainspotter "$@") COMP_CWORD=$# COMP_LINE="trainspotter $*" COMPREPLY=()
                COMP_POINT=${#COMP_LINE}
                __trainspotter_line trainspotter "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                echo "${COMPREPLY[*]}"
            }

            """
        // bash parts words at `=` itself.
        let parted: [(line: [String], offers: [String])] = [
            (["train", "200relu", "schedule", "=", "cos"], ["cosine", "cosine_restarts"]),
            (["train", "200relu", "lr", "=", "3e-3", "epo"], ["epochs="]),
        ]
        let lines = Self.lines + parted
        let calls = lines.map { line in "offer " + line.line.map { "'\($0)'" }.joined(separator: " ") + "\n" }.joined()
        let offered = try Self.run("bash", script + calls, store)
        #expect(offered.count == lines.count)
        for (line, offers) in zip(lines, offered) {
            #expect(offers.split(separator: " ").map(String.init).sorted() == line.offers.sorted(), "\(line.line)")
        }
    }

    @Test("fish offers the same, with what it means", .enabled(if: Tool.path("fish") != nil, "fish is not installed"))
    func fish() throws {
        let store = try Self.store()
        let lines =
            Self.lines + [(["train", "200relu", "schedule=cos"], ["schedule=cosine", "schedule=cosine_restarts"])]
        let calls = lines.map { line in
            "complete -C 'trainspotter \(line.line.joined(separator: " "))'; echo ==\n"
        }.joined()
        let offered = try Self.run("fish", "trainspotter --generate-completion-script fish | source\n" + calls, store)
        let answers = offered.split(separator: "==", omittingEmptySubsequences: false).map(Array.init)
        for (line, answer) in zip(lines, answers) {
            let words = answer.compactMap { $0.split(separator: "\t").first.map(String.init) }
            // fish also offers what has the letters elsewhere; and `no-…` behind `--`.
            let wanted = words.filter { $0.hasPrefix(line.line.last ?? "") }
            #expect(wanted.sorted() == line.offers.sorted(), "\(line.line)")
        }
        #expect(answers.count == lines.count + 1)
        #expect(offered.contains { $0.hasPrefix("wide\twide  ") && $0.contains("-3tanh-3 adam ") })
    }

    @Test("zsh completes them in the line that is typed", .enabled(if: Tool.path("zsh") != nil, "zsh is not installed"))
    func zsh() throws {
        let store = try Self.store()
        let lines: [(line: String, whole: String)] = [
            ("train 200re", "train 200relu"), ("train 200relu6+dr", "train 200relu6+drop0.2 "),
            ("train 200relu mome", "train 200relu mome"), ("train 200relu sgd mome", "train 200relu sgd momentum="),
            ("train 200relu schedule=exp", "train 200relu schedule=exponential "),
            ("runs show w", "runs show wide "), ("runs show la", "runs show last "),
            ("--theme drac", "--theme dracula "), ("exercise-2 --theme nor", "exercise-2 --theme nord "),
            ("exer", "exercise-"), ("64relu bat", "64relu batch="), ("pres", "presets "), ("--gl", "--glyphs "),
            ("train --data fash", "train --data fashion-mnist "), ("screenshot conf", "screenshot confusion "),
        ]
        // What is typed into a terminal of zsh's own: ctrl-x prints the line as it then is.
        let script = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1= PROMPT_EOL_MARK=; autoload -Uz compinit; compinit -u -D'
            zpty -w shell 'source <(trainspotter --generate-completion-script zsh)'
            zpty -w shell 'show() { print -r -- "<""<$BUFFER>"">"; BUFFER= }; zle -N show; bindkey "^X" show'
            for line in "$@"; do
                zpty -w -n shell "trainspotter $line"$'\\t\\x18'
                zpty -r shell shown '*<<*>>*'
                print -r -- "${${shown##*<<trainspotter }%>>*}<"
            done
            zpty -d shell
            """
        let offered = try Self.run("timeout", script, store, arguments: ["120", "zsh", "-f"], lines.map(\.line))
        #expect(offered == lines.map { $0.whole + "<" })
    }

    @Test("Completing reads a store without a change, runs nothing of it, and says nothing where it can't be read")
    func harmless() throws {
        let folder = try Self.store()
        let store = folder.path("trainspotter/runs.sqlite")
        let before = try folder.bytes(of: "trainspotter/runs.sqlite")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("trainspotter")).sorted()
        let script = """
            source <(trainspotter --generate-completion-script bash)
            COMP_WORDS=(trainspotter runs show '') COMP_CWORD=3 COMP_LINE="trainspotter runs show " COMP_POINT=23
            __trainspotter_line trainspotter '' show
            """
        _ = try Self.run("bash", script, folder)
        #expect(!FileManager.default.fileExists(atPath: folder.path("harm")))
        #expect(try folder.bytes(of: "trainspotter/runs.sqlite") == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("trainspotter")).sorted() == files)
        for place in [folder.path("nowhere"), folder.path, "/dev/null", folder.path("no-store")] {
            try folder.write("no store", as: "no-store")
            let answer = try Program.run([
                "---completion", "runs", "show", "--", "positional@0", "5", "0", "trainspotter", "runs", "show",
                "--store", place, "",
            ])
            #expect(answer.status == 0 && answer.errors == "" && answer.output == "\n", "\(place)")
        }
        #expect(FileManager.default.fileExists(atPath: store))
    }

    /// A store in a data folder, with a run that is called wide and one whose name is a command.
    private static func store() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.writeDataset(trainLabels: (0..<40).map { UInt8($0 % 3) }, testLabels: [0, 1, 2])
        for name in ["wide", "$(touch \(folder.path("harm")))"] {
            let result = try Program.shell(
                "\"$0\" train 3tanh epochs=1 --quiet --data '\(folder.path)' --name '\(name)'",
                environment: ["XDG_DATA_HOME": folder.path])
            #expect(result.status == 0, "\(result.errors)")
        }
        let imported = try Program.run(
            ["data", "import", folder.path, "--name", "shapes-of-mine"], environment: ["XDG_DATA_HOME": folder.path])
        #expect(imported.status == 0, "\(imported.errors)")
        return folder
    }

    /// The lines that a shell prints for a script, with the program in its path.
    private static func run(
        _ shell: String, _ script: String, _ folder: TemporaryFolder, arguments: [String] = [], _ words: [String] = []
    ) throws -> [String] {
        try folder.write(script, as: "script")
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let line = "PATH=\"$(dirname \"$0\"):$PATH\" \(shell) \(arguments.joined(separator: " ")) "
        let result = try Program.shell(
            line + "'\(folder.path("script"))' \(quoted)",
            environment: ["XDG_DATA_HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "HOME": folder.path])
        #expect(result.errors == "")
        return result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}
