import Foundation
import Testing

/// docs/kernels.md tells of every kernel.
@Suite struct KernelPageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The members of the table: functions, and pairs of them for the activations.
    private static func kernels() throws -> [String] {
        let header = try text("Sources/CKernels/include/CKernels.h")
        let table = header.components(separatedBy: "// MARK: The table").dropFirst().first ?? ""
        let functions = table.matches(of: /\(\*(\w+)\)\(/).map { String($0.1) }
        let activations = table.matches(of: /ck_activation ([\w,\s]+);/).flatMap { declaration in
            declaration.1.split(separator: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        }
        return functions + activations
    }

    @Test func `every kernel of the table stands on the page`() throws {
        let (kernels, page) = (try Self.kernels(), try Self.text("docs/kernels.md"))
        #expect(kernels.count > 70 && kernels.contains("sgd") && kernels.contains("sparsemax_rows"))
        #expect(kernels.filter { !page.contains("`\($0)`") } == [])
    }

    @Test func `the files of tests that the page names are there`() throws {
        let names = try Self.text("docs/kernels.md").matches(of: /`(\w+Tests)`/).map { String($0.1) }
        #expect(names.contains("ProductTests"))
        for name in Set(names) {
            #expect(FileManager.default.fileExists(atPath: Self.root.path + "/Tests/KernelsTests/\(name).swift"))
        }
    }
}
