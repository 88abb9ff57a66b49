import Foundation
import TestSupport
import Testing

/// The page for `man trainspotter`, which is made from the texts of `--help`.
@Suite(.timeLimit(.minutes(40))) struct ManualPageTests {
    @Test("The page has every command and every option that the help lists")
    func commands() throws {
        let page = try Self.page()
        let sections = Dictionary(
            uniqueKeysWithValues: page.components(separatedBy: "\n.SS ").dropFirst().map { part in
                let lines = part.split(separator: "\n", maxSplits: 1)
                return (String(lines[0]), String(lines[1]))
            })
        for (command, help) in try HelpTests.pages() where command != "" {
            let section = try #require(sections["\"trainspotter \(command)\""], "\(command)")
            let list = help.components(separatedBy: "\nOPTIONS:\n").last ?? ""
            let own = list.components(separatedBy: "\nSUBCOMMANDS:")[0].split(separator: "\n")
            let words = own.filter { $0.hasPrefix("  --") }.compactMap { $0.split(separator: " ").first }
            for word in words.flatMap({ $0.split(separator: "/") }) where word != "--version" {
                let bold = "\\fB\(word.replacing("-", with: "\\-"))\\fR"
                #expect(section.contains(bold), "\(command) \(word)")
            }
        }
        #expect(sections.count >= 30)
        #expect(page.contains("\n\\fB\\-\\-version\\fR\nShow the version.\n"))
        #expect(page.contains("\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\n"))
    }

    @Test("A command has its usage, its text, its options with their values, and its examples")
    func section() throws {
        let page = try Self.page()
        let start = try #require(page.firstRange(of: ".SS \"trainspotter presets\"\n"))
        let end = try #require(page.firstRange(of: ".SS \"trainspotter settings\"\n"))
        #expect(
            page[start.upperBound..<end.lowerBound] == #"""
                List the specs that have a name.
                .PP
                .nf
                trainspotter presets [\-\-data <name\-or\-path>]
                  [\-\-data\-folder <folder>]
                .fi
                .PP
                A preset\(aqs name stands for its spec and can be followed by settings.
                .TP
                \fB\-\-data\fR \fI<name\-or\-path>\fR
                A data set\(aqs name, or a folder with IDX files, a NumPy file (.npz), a CSV file or a folder of images. (default: mnist, or a model\(aqs own)
                .TP
                \fB\-\-data\-folder\fR \fI<folder>\fR
                The folder of imported data sets. (default: $XDG_DATA_HOME/trainspotter/data)
                .PP
                \fBEXAMPLES\fR
                .PP
                .nf
                trainspotter presets
                trainspotter train notebook scale=unit
                .fi

                """#)
        #expect(page.contains("\n\\fB\\-\\-save\\fR, \\fB\\-\\-no\\-save\\fR\nSave the run"))
        #expect(page.contains("(values: braille, block, ascii)\n"))
    }

    @Test("The page begins with the version and a day that a build can set, and its sections are those of a manual")
    func sections() throws {
        let page = try Self.page()
        let version = try Program.run(["--version"]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(page.hasPrefix(".TH \"TRAINSPOTTER\" 1 \"1970-01-02\" \"trainspotter \(version)\"\n"))
        let headings = page.split(separator: "\n").filter { $0.hasPrefix(".SH ") }.map { $0.dropFirst(4) }
        #expect(
            headings == [
                "\"NAME\"", "\"SYNOPSIS\"", "\"DESCRIPTION\"", "\"OPTIONS\"", "\"COMMANDS\"", "\"EXAMPLES\"",
                "\"ENVIRONMENT\"", "\"EXIT STATUS\"",
            ])
    }

    @Test(
        "What formats manuals has nothing to complain of, and no line is wider than the page",
        .enabled(if: formatters.contains { Tool.path($0.name) != nil }, "neither man, groff nor mandoc is installed"))
    func formats() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("trainspotter.1")
        try Data(Self.page().utf8).write(to: URL(fileURLWithPath: path))
        for formatter in Self.formatters where Tool.path(formatter.name) != nil {
            let result = try Program.shell("\(formatter.command) \(path)", environment: ["LC_ALL": "C.UTF-8"])
            #expect(result.status == 0, "\(formatter.name)")
            #expect(result.errors == "", "\(formatter.name)")
            // As mandoc says it in a check, nothing is said.
            let lines = result.output.split(separator: "\n")
            if formatter.name == "mandoc" {
                #expect(lines.isEmpty, "\(result.output.prefix(500))")
            } else {
                #expect(lines.count > 300 && lines.first?.hasPrefix("TRAINSPOTTER(1)") == true, "\(lines.first ?? "")")
                #expect(lines.filter { $0.count > 80 } == [])
                #expect(lines.contains("       trainspotter - Compose a multilayer perceptron, train it on MNIST, and"))
            }
        }
    }

    private static let formatters = [
        (name: "man", command: "MANWIDTH=80 MANPAGER=cat man --warnings -l"),
        (name: "groff", command: "groff -man -ww -rLL=78n -P-c -P-b -P-u -Tutf8"),
        (name: "mandoc", command: "mandoc -T lint -W warning"),
    ]

    @Test("What is installed has manual and completions, and nothing is left of it when it is removed")
    func installs() throws {
        let folder = try TemporaryFolder()
        let package = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL.path
        // As with `sudo make install`, what is there is installed as it is.
        let make = "SUDO_USER=user make -s -C '\(package)' BINARY=\"$0\" DESTDIR='\(folder.path)' PREFIX=/usr"
        let installed = try Program.shell("\(make) install")
        #expect(installed.status == 0, "\(installed.errors)")
        let files = try Self.files(in: folder.path)
        for file in [
            "usr/bin/trainspotter", "usr/share/man/man1/trainspotter.1", "usr/share/trainspotter/themes/light.theme",
            "usr/share/bash-completion/completions/trainspotter", "usr/share/zsh/site-functions/_trainspotter",
            "usr/share/fish/vendor_completions.d/trainspotter.fish",
        ] {
            #expect(files.contains(file), "\(file)")
        }
        let manual = try String(contentsOfFile: folder.path("usr/share/man/man1/trainspotter.1"), encoding: .utf8)
        #expect(manual.hasPrefix(".TH \"TRAINSPOTTER\" 1 ") && manual.hasSuffix("\n"))
        #expect(try Program.shell("\(make) uninstall").status == 0)
        #expect(try Self.files(in: folder.path) == [])
    }

    /// Files below a folder, the folders themselves left out.
    private static func files(in folder: String) throws -> Set<String> {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return Set(
            paths.filter { path in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
                    && !isFolder.boolValue
            })
    }

    private static func page() throws -> String {
        let result = try Program.shell("\"$0\" --generate-manual", environment: ["SOURCE_DATE_EPOCH": "86400"])
        #expect(result.status == 0 && result.errors.isEmpty)
        return result.output
    }
}
