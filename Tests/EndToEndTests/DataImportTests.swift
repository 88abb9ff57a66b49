import Foundation
import Synchronization
import TestSupport
import Testing

/// Data sets that get a name.
@Suite(.timeLimit(.minutes(40))) struct DataImportTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let table = (0..<40).map { "\(["cat", "dog", "owl"][$0 % 3]),\($0),0,7,255\n" }.joined()

    /// Runs a command whose runs and imported data sets are in the test's folder.
    @discardableResult
    private func run(_ words: String...) throws -> Program.Result {
        try Program.run(words, environment: ["XDG_DATA_HOME": folder.path("home")])
    }

    private var data: String { folder.path("home/trainspotter/data") }

    private func importTable(_ more: String...) throws -> Program.Result {
        try folder.write(Self.table, as: "pets.csv")
        let words = ["data", "import", folder.path("pets.csv") + ":label=first", "--name", "pets"] + more
        return try Program.run(words, environment: ["XDG_DATA_HOME": folder.path("home")])
    }

    @Test("An imported data set is listed, shown, checked, trained on and found again by its name")
    func whole() throws {
        let imported = try importTable()
        #expect(imported.status == 0)
        #expect(imported.output == "imported pets: 31 + 9 images of 3 classes, 3.8 kB; --data pets\n")
        #expect(imported.errors.hasPrefix("trainspotter: pets.csv: the files have no test part: 9 of 40 rows"))
        #expect(try folder.mode(of: "home/trainspotter/data/pets.npz") == 0o600)
        #expect(try folder.mode(of: "home/trainspotter/data") == 0o700)
        try folder.remove("pets.csv")

        let listed = try run("data", "list").output.split(separator: "\n")
        #expect(listed.first == "name           size     images           classes    bytes  from")
        #expect(listed.last == "pets           2 × 2    31 + 9                 3   3.8 kB  pets.csv:label=first")
        let json = try JSONSerialization.jsonObject(with: Data(try run("data", "list", "--json").output.utf8))
        let last = try #require((json as? [[String: Any]])?.last)
        #expect(last["name"] as? String == "pets" && last["class_names"] as? [String] == ["cat", "dog", "owl"])
        #expect(last["train"] as? Int == 31 && last["channels"] as? Int == 1 && last["problem"] is NSNull)
        #expect((last["notes"] as? [String])?.count == 1 && (last["sha256"] as? String)?.count == 64)

        let shown = try run("data", "show", "pets")
        #expect(
            shown.output == """
                pets: 2 × 2 pixels
                class  train  test
                cat       11     3
                dog       10     3
                owl       10     3
                all       31     9

                training pixels: 0 to 255, mean 70.2, deviation 107.1, 74.2 % not 0
                test pixels: 0 to 255, mean 71.0, deviation 106.6, 75.0 % not 0
                duplicates: none
                training images most unlike the mean of their class: 28 (dog, 0.1), 30 (cat, 0.1), 0 (cat, 0.1)
                imported from pets.csv:label=first
                the files have no test part: 9 of 40 rows are held out to test with, 20 % of each class, chosen by the \
                seed 1 (test=, testseed=)

                """)
        for words in [["pets", "2"], ["2", "pets"], ["2", "--data", "pets"]] {
            let image = try Program.run(["data", "show"] + words, environment: ["XDG_DATA_HOME": folder.path("home")])
            #expect(image.output.hasPrefix("test image 2: "), "\(image)")
        }
        let verified = try run("data", "verify", "pets")
        #expect(verified.status == 0 && verified.output.hasPrefix("as imported  pets.npz  31 × 2 × 2  sha256 "))

        let trained = try run("train", "2tanh", "epochs=2", "--quiet", "--data", "pets")
        #expect(trained.status == 0 && trained.errors.isEmpty, "\(trained)")
        #expect(try run("evaluate", "1").output.contains("pets, 9 images"))
        #expect(try run("runs", "repeat", "1").status == 0)
        #expect(try run("runs", "show", "2").output.contains("pets"))
        let exported = try run("export", "1", "--format", "html", "--out", folder.path("r.html"))
        #expect(exported.status == 0)
        let page = try folder.text(of: "r.html").replacing(/<\/?span>/, with: "")
        #expect(page.contains("--data pets<") && page.contains("owl"))
    }

    @Test("An imported data set is in another folder where one is named, and found there by its path")
    func otherFolder() throws {
        let elsewhere = folder.path("elsewhere")
        #expect(try importTable("--data-folder", elsewhere).status == 0)
        #expect(!FileManager.default.fileExists(atPath: data))
        #expect(try run("data", "show", "pets").status == 2)
        let trained = try run("train", "2tanh", "epochs=1", "--quiet", "--data", "pets", "--data-folder", elsewhere)
        #expect(trained.status == 0, "\(trained)")
        #expect(try run("evaluate", "1").output.contains("pets.npz, 9 images"))
        #expect(try run("data", "remove", "pets", "--yes", "--data-folder", elsewhere).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
    }

    @Test("A run whose data set is gone, or another one now, takes the imported one of its digest, and says so")
    func digest() throws {
        try folder.write(Self.table, as: "pets.csv")
        let path = folder.path("pets.csv")
        let trained = try run("train", "2tanh", "epochs=2", "--quiet", "--data", path + ":label=first")
        #expect(trained.status == 0)
        #expect(try importTable().status == 0)
        let first = try run("evaluate", "1")
        #expect(first.output.contains("pets.csv, 9 images") && !first.errors.contains("imported data set"))
        for (change, why) in [(true, "has other images or labels now"), (false, "can't be read now")] {
            if change {
                try folder.write(Self.table.replacing("7", with: "8"), as: "pets.csv")
            } else {
                try folder.remove("pets.csv")
            }
            let said =
                "trainspotter: run 1: \(path):label=first \(why); the imported data set pets has the same images, and is used"
            for words in [
                ["evaluate", "1"], ["predict", "1", "--index", "2"], ["runs", "repeat", "1"],
                ["train", "--continue-for", "1", "1", "--quiet"],
                ["export", "1", "--format", "keras", "--out", folder.path("out/x.py")],
                ["screenshot", "images", "--run", "1", "--size", "80x24", "--out", folder.path("x.txt")],
            ] {
                let result = try Program.run(words, environment: ["XDG_DATA_HOME": folder.path("home")])
                #expect(result.status == 0, "\(words) \(result)")
                #expect(result.errors.components(separatedBy: said).count == 2, "\(words) \(result.errors)")
            }
            #expect(try folder.text(of: "out/x.py").contains("/trainspotter/data/pets.npz"))
        }
    }

    @Test("IDX labels are counted from 1 where --classes has a name for each of them and none is 0")
    func labelsFromOne() throws {
        func idx(_ sizes: [Int], _ bytes: [UInt8]) -> [UInt8] {
            [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { [0, 0, UInt8($0 / 256), UInt8($0 % 256)] } + bytes
        }
        for (part, count) in [("train", 60), ("t10k", 12)] {
            try folder.write(
                idx([count, 2, 2], (0..<(4 * count)).map { UInt8($0 % 251) }), as: "l/\(part)-images-idx3-ubyte")
            try folder.write(idx([count], (0..<count).map { UInt8(1 + $0 % 3) }), as: "l/\(part)-labels-idx1-ubyte")
        }
        let words = ["data", "import", folder.path("l"), "--name", "letters", "--classes"]
        func imported(_ names: String) throws -> (status: Int32, output: String, errors: String) {
            let result = try Program.run(words + [names], environment: ["XDG_DATA_HOME": folder.path("home")])
            return (result.status, result.output, result.errors)
        }
        let two = try imported("a,b")
        #expect(two.status == 2 && two.errors.contains("expected 4 names, one for each class, found 2"))
        let three = try imported("a,b,c")
        #expect(three.status == 0 && three.output.contains("60 + 12 images of 3 classes"), "\(three)")
        #expect(three.errors.contains("labels are counted from 1: label 1 is the first class"))
        let shown = try run("data", "show", "letters").output
        #expect(shown.contains("\na ") && shown.contains("\nc ") && !shown.contains("\n0 "), "\(shown)")
    }

    @Test("Class names are those of --classes, of a file, or of a file beside the data set")
    func classNames() throws {
        func names() throws -> [Substring] {
            try run("data", "show", "pets").output.split(separator: "\n").dropFirst(2).prefix(3).map {
                $0.prefix { $0 != " " }
            }
        }
        #expect(try importTable("--classes", "a, b,c").status == 0 && names() == ["a", "b", "c"])
        let own = try importTable("--replace")
        #expect(own.status == 0)
        let turned = try importTable("--classes", try names().reversed().joined(separator: ","), "--replace")
        #expect(turned.status == 2 && turned.errors.contains("has these names in another order; expected "))
        try folder.write("x\ny\nz\n", as: "names.txt")
        #expect(try importTable("--classes", folder.path("names.txt"), "--replace").status == 0)
        #expect(try names() == ["x", "y", "z"])
        try folder.write("u\nv\nw\n", as: "classes.txt")
        #expect(try importTable("--replace").status == 0 && names() == ["u", "v", "w"])
    }

    @Test("--size and --transpose say the same as the words behind a path")
    func describes() throws {
        let rows = (0..<20).map { "\($0 % 2),0,\($0),9,100,200,255\n" }.joined()
        try folder.write(rows, as: "flat.csv")
        let path = folder.path("flat.csv")
        let ways = [
            ("words", [path + ":label=first,size=2x3,transpose"]),
            ("options", [path + ":label=first", "--size", "2x3", "--transpose"]),
        ]
        for (name, source) in ways {
            let words = ["data", "import"] + source + ["--name", name]
            #expect(try Program.run(words, environment: ["XDG_DATA_HOME": folder.path("home")]).status == 0)
        }
        let json = try JSONSerialization.jsonObject(with: Data(try run("data", "list", "--json").output.utf8))
        let sets = try #require(json as? [[String: Any]]).suffix(2)
        #expect(sets.allSatisfy { $0["rows"] as? Int == 3 && $0["columns"] as? Int == 2 })
        #expect(Set(sets.compactMap { $0["sha256"] as? String }).count == 1)
        let named = try run("data", "import", "words", "--transpose", "--name", "turned")
        #expect(named.status == 2)
        #expect(named.errors == "trainspotter: --transpose: expected a path, found the name words\n")
    }

    @Test("What can't be imported is refused in one line, and nothing is left")
    func refused() throws {
        try folder.write("a\nb\n", as: "two.txt")
        let cases: [(words: [String], message: String)] = [
            (["--classes", "a,b"], "--classes: expected 3 names, one for each class, found 2"),
            (["--classes", "a,b,a"], "--classes, name 3: expected each name once, found a again, as in 1"),
            (["--classes", "a,,c"], "--classes, name 2: expected the name of a class, found none"),
            (["--classes", folder.path("two.txt")], "--classes: expected 3 names, one for each class, found 2"),
            (["--classes", "none"], "--classes none: can't be read: No such file or directory"),
        ]
        for (words, message) in cases {
            try folder.write(Self.table, as: "pets.csv")
            let all = ["data", "import", folder.path("pets.csv"), "--name", "pets"] + words
            let result = try Program.run(all, environment: ["XDG_DATA_HOME": folder.path("home")])
            #expect(
                result.status == 2 && result.output.isEmpty && result.errors == "trainspotter: \(message)\n",
                "\(result)")
        }
        for (name, expected) in [
            ("a/b", "letters, digits, - _ and ."), ("\u{1B}[2J", "letters, digits, - _ and ."),
            ("MNIST", "another name, as this one is a known data set's"),
            ("7", "a letter in it, as a number is an image's"),
        ] {
            let result = try run("data", "import", folder.path("pets.csv"), "--name", name)
            let shown = name.replacing("\u{1B}", with: "?")
            #expect(result.status == 2 && result.errors == "trainspotter: --name \(shown): expected \(expected)\n")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("home")))
        #expect(try importTable().status == 0)
        let before = try folder.bytes(of: "home/trainspotter/data/pets.npz")
        let again = try importTable()
        #expect(again.status == 2)
        #expect(again.errors == "trainspotter: --name pets: there is a data set of that name; --replace replaces it\n")
        // A damaged source replaces nothing.
        let bad = try run("data", "import", folder.path("two.txt"), "--name", "pets", "--replace")
        #expect(bad.status == 2 && bad.errors.split(separator: "\n").count == 1)
        #expect(try folder.bytes(of: "home/trainspotter/data/pets.npz") == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: data) == ["pets.npz"])
    }

    @Test("A folder that can't be written has status 1 or 2 and one line")
    func unwritable() throws {
        try folder.write("a file", as: "home/trainspotter/data")
        let result = try importTable()
        #expect(result.status == 2 && result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("expected a folder, found a file"), "\(result)")
        #expect(try folder.text(of: "home/trainspotter/data") == "a file")
    }

    @Test("Of imports at once one wins, and the others say that the name is taken")
    func atOnce() async throws {
        try folder.write(Self.table, as: "pets.csv")
        let results = Mutex<[Program.Result]>([])
        let (path, home) = (folder.path("pets.csv"), folder.path("home"))
        await BesideEachOther.each(4, width: 4) { _ in
            let result = try? Program.run(
                ["data", "import", path, "--name", "pets"], environment: ["XDG_DATA_HOME": home])
            results.withLock { $0 += [result].compactMap(\.self) }
        }
        let all = results.withLock(\.self)
        #expect(all.map(\.status).sorted() == [0, 2, 2, 2])
        for result in all where result.status == 2 {
            #expect(result.errors.hasSuffix("there is a data set of that name; --replace replaces it\n"), "\(result)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: data) == ["pets.npz"])
        #expect(try run("data", "verify", "pets").status == 0)
    }

    @Test("What is removed is told with the runs that were trained on it, and asked for")
    func removes() throws {
        #expect(try importTable().status == 0)
        #expect(try run("train", "2tanh", "epochs=1", "--quiet", "--data", "pets").status == 0)
        let asked = try run("data", "remove", "pets")
        #expect(asked.status == 2)
        #expect(
            asked.errors == """
                pets: 31 + 9 images from pets.csv:label=first; trained on these images: run 1
                trainspotter: what is removed can't be brought back: --yes removes it without asking

                """)
        #expect(try run("data", "remove", "cats", "--yes").errors.contains("cats: no imported data set of that name"))
        #expect(try run("data", "remove", "pest", "--yes").errors.hasSuffix("of that name; did you mean pets?\n"))
        let known = try run("data", "remove", "mnist")
        #expect(known.errors.contains("mnist: expected an imported data set; this one is known"))
        #expect(try run("train", "2tanh", "--data", "pest").errors.hasSuffix("of that name; did you mean pets?\n"))
        let removed = try run("data", "remove", "pets", "--yes")
        #expect(removed.status == 0 && removed.errors.hasSuffix("removed pets\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: data).isEmpty)
        let gone = try run("evaluate", "1")
        #expect(
            gone.status == 2 && gone.errors.contains("run 1: pets: no file or folder, and no data set of that name"))
    }

    @Test("The same images under another name with other class names leave a run's names, in the store and in bundles")
    func otherNames() throws {
        func names(_ run: Int, _ more: String...) throws -> [String]? {
            let shown = try Program.run(
                ["runs", "show", "\(run)", "--json"] + more, environment: ["XDG_DATA_HOME": folder.path("home")]
            ).output
            return (try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any])?["class_names"]
                as? [String]
        }
        #expect(try importTable("--classes", "a,b,c").status == 0)
        #expect(try run("train", "2tanh", "epochs=1", "--quiet", "--data", "pets").status == 0)
        let source = folder.path("pets.csv") + ":label=first"
        #expect(try run("data", "import", source, "--name", "beasts", "--classes", "x,y,z").status == 0)
        #expect(try run("train", "2tanh", "epochs=1", "--quiet", "--data", "beasts").status == 0)
        #expect(try names(1) == ["a", "b", "c"] && names(2) == ["x", "y", "z"])
        let bundle = folder.path("one.run")
        #expect(try run("runs", "export", "1", "--bundle", bundle).status == 0)
        let elsewhere = folder.path("elsewhere.sqlite")
        #expect(try run("train", "2tanh", "epochs=1", "--quiet", "--data", "beasts", "--store", elsewhere).status == 0)
        #expect(try run("runs", "import", bundle, "--store", elsewhere).status == 0)
        #expect(try names(2, "--store", elsewhere) == ["a", "b", "c"])
        #expect(try names(1, "--store", elsewhere) == ["x", "y", "z"])
        // Its data set gone, the other one has the same images, but these are not its names.
        #expect(try run("data", "remove", "pets", "--yes").status == 0)
        let predicted = try run("predict", "1", "--index", "0", "--json").output
        let object = try JSONSerialization.jsonObject(with: Data(predicted.utf8)) as? [String: Any]
        #expect(["a", "b", "c"].contains(object?["label_name"] as? String ?? ""))
        #expect(try run("runs", "check").output.hasSuffix("2 runs, all of it can be read\n"))
    }

    @Test("A damaged imported file is refused by its name, and listed with the reason")
    func damaged() throws {
        #expect(try importTable().status == 0)
        let file = "home/trainspotter/data/pets.npz"
        var bytes = try folder.bytes(of: file)
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 1
        bytes[place] ^= 1
        try folder.write(bytes, as: file)
        for words in [["train", "2tanh"], ["data", "show"], ["data", "verify"]] {
            let result = try Program.run(
                words + ["--data", "pets"], environment: ["XDG_DATA_HOME": folder.path("home")])
            #expect(result.status == 2 && result.errors.contains("expected x_train.npy with the CRC-32"), "\(result)")
        }
        try folder.write(Array(bytes.prefix(100)), as: file)
        #expect(try run("data", "list").output.contains("can't be used: \(folder.path(file)): at byte 100"))
        #expect(try run("data", "remove", "pets", "--yes").status == 0)
    }
}
