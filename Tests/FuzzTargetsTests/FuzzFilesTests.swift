import Foundation
import FuzzTargets
import Testing

/// The files beside the targets, and the page that tells of them.
struct FuzzFilesTests {
    @Test("Seeds, finds and dictionaries all belong to a target, and are small")
    func folders() throws {
        let names = FuzzTargets.all.map { $0.name }
        for kind in ["Seeds", "Found", "Dictionaries"] {
            let folder = FuzzFiles.folder.appending(path: kind).path
            for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                #expect(names.contains(String(file.prefix { $0 != "." })), "\(kind)/\(file)")
            }
        }
        let bytes = try FuzzTargets.all.flatMap { try FuzzFiles(of: $0).inputs() }.reduce(0) { $0 + $1.bytes.count }
        #expect(bytes > 10_000 && bytes < 300_000)
    }

    @Test("A dictionary's lines are words, with their escapes")
    func dictionaries() throws {
        let (input, spec) = (try #require(FuzzTargets.named("input")), try #require(FuzzTargets.named("spec")))
        #expect(try FuzzFiles(of: input).words().contains(Array("\u{1B}[200~".utf8)))
        #expect(try FuzzFiles(of: spec).words().contains(Array("batch=".utf8)))
        for target in FuzzTargets.all { #expect(try !FuzzFiles(of: target).words().isEmpty, "\(target.name)") }
    }

    @Test("The page on reliability has a row for each target")
    func page() throws {
        let page = FuzzFiles.folder.appending(path: "../../docs/reliability.md").standardizedFileURL
        let text = try String(contentsOf: page, encoding: .utf8)
        for target in FuzzTargets.all {
            let isThere = text.contains("\n| `\(target.name)` |")
            #expect(isThere, "\(target.name)")
        }
    }

    @Test("Inputs by chance are the same for the same number, others for another, and never too long")
    func mutation() {
        func inputs(_ number: UInt64) -> [[UInt8]] {
            let seeds = [Array("a seed".utf8), Array(repeating: 7, count: 60)]
            var mutation = Mutation(number: number, seeds: seeds, words: [Array("word".utf8)], longest: 64)
            return (0..<200).map { _ in mutation.next() }
        }
        #expect(inputs(1) == inputs(1))
        #expect(inputs(1) != inputs(2))
        #expect(inputs(1).allSatisfy { $0.count <= 64 })
        #expect(Set(inputs(1)).count > 100)
    }
}
