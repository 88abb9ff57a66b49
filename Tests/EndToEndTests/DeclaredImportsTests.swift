import Foundation
import Testing

/// Every file imports what its target declares in Package.swift, and nothing that only comes along with it.
@Suite struct DeclaredImportsTests {
    private struct Target {
        let name: String
        let folder: String
        let dependencies: Set<String>
    }

    /// What comes with the toolchain.
    private static let toolchain: Set = [
        "Dispatch", "Foundation", "Glibc", "PackageDescription", "Synchronization", "Testing",
    ]

    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    @Test("Every file's imports are among the dependencies that its target declares, and each of these is imported")
    func imports() throws {
        let targets = try Self.targets()
        #expect(targets.count > 20)
        for target in targets {
            var imported: Set<String> = []
            for file in try Self.files(in: target.folder) {
                let modules = try Self.imports(of: file)
                imported.formUnion(modules)
                let undeclared = modules.subtracting(target.dependencies).subtracting(Self.toolchain)
                #expect(undeclared.isEmpty, "\(target.name) does not declare what \(file.lastPathComponent) imports")
            }
            // The program is not imported by the tests that start it.
            let unused = target.dependencies.subtracting(imported).subtracting(["trainspotter"])
            #expect(unused.isEmpty, "\(target.name) declares what no file of it imports")
        }
    }

    @Test("Only the library product is public: all else is the package's own")
    func publicSymbols() throws {
        for target in try Self.targets() where target.name != "Specs" {
            for file in try Self.files(in: target.folder) {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(!text.contains(#/^ *(?:@\w+ )*public /#.anchorsMatchLineEndings()), "\(file.lastPathComponent)")
            }
        }
    }

    /// The targets with Swift code.
    private static func targets() throws -> [Target] {
        let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        let starts = /\.(target|executableTarget|testTarget)\(\s*name: "(\w+)"/
        let matches = manifest.matches(of: starts)
        return try matches.indices.compactMap { index in
            let match = matches[index]
            let end = index + 1 < matches.count ? matches[index + 1].range.lowerBound : manifest.endIndex
            let text = manifest[match.range.upperBound..<end]
            let name = String(match.2)
            let folder =
                try /path: "([^"]+)"/.firstMatch(in: text).map { String($0.1) }
                ?? (match.1 == "testTarget" ? "Tests/\(name)" : "Sources/\(name)")
            guard try !files(in: folder).isEmpty else { return nil }
            return Target(name: name, folder: folder, dependencies: dependencies(text))
        }
    }

    /// The names in the list of dependencies: of targets, and of products, whose packages are passed over.
    private static func dependencies(_ text: Substring) -> Set<String> {
        guard let start = text.firstRange(of: "dependencies: [") else { return [] }
        let list = text[start.upperBound...].prefix { $0 != "]" }.replacing(/package: "[^"]+"/, with: "")
        return Set(list.matches(of: /"([^"]+)"/).map { String($0.1) })
    }

    private static func files(in folder: String) throws -> [URL] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        return names.filter { $0.hasSuffix(".swift") }.map { root.appending(path: "\(folder)/\($0)") }
    }

    private static func imports(of file: URL) throws -> Set<String> {
        let text = try String(contentsOf: file, encoding: .utf8)
        let pattern = /^(?:@testable )?(?:\w+ )?import (?:(?:struct|class|enum|func) )?(\w+)/.anchorsMatchLineEndings()
        return Set(text.matches(of: pattern).map { String($0.1) })
    }
}
