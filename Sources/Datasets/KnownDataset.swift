import DataFormats
import Foundation

/// A data set with a name.
package struct KnownDataset: Sendable, Equatable {
    /// The name, as in `--data fashion-mnist`.
    package let name: String
    /// What it holds, in some words.
    package let summary: String
    /// Where it is installed; nil for the one that comes with the program.
    package let folder: String?
    /// How to get it, in one line; nil for the one that comes with the program.
    package let installation: String?
    let classes: Int
    /// The size of its images.
    package let shape: ImageShape
    /// Rows to train on, and rows to test with.
    package let counts: (train: Int, test: Int)
    /// What the classes are called, one name each; nil: their numbers.
    package let classNames: [String]?
    /// SHA-256 of the unpacked files, in the order of its format.
    let digests: [String]
    /// SHA-256 of the classes of its training rows, a byte each; nil where its classes have no names.
    private let labelsDigest: String?

    static let mnist = KnownDataset(
        name: "mnist", summary: "handwritten digits", folder: nil, installation: nil, classes: 10,
        shape: ImageShape(rows: 28, columns: 28), counts: (60_000, 10_000), classNames: nil,
        digests: [
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ], labelsDigest: nil)

    /// The digests are those of Debian's package.
    static let fashionMNIST = KnownDataset(
        name: "fashion-mnist", summary: "pictures of garments",
        folder: "/usr/share/datasets/fashion-mnist", installation: "sudo apt-get install dataset-fashion-mnist",
        classes: 10, shape: ImageShape(rows: 28, columns: 28), counts: (60_000, 10_000),
        classNames: [
            "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
        ],
        digests: [
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        ], labelsDigest: "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7")

    /// The names of its classes: their numbers, where they have no others.
    package var allClassNames: [String] { classNames ?? (0..<classes).map(String.init) }

    /// The data set whose training rows have these classes, in any folder and format; nil where none with names has.
    static func known(byLabels labels: [UInt8]) -> KnownDataset? {
        DatasetSource.known.first { known in
            guard let digest = known.labelsDigest, labels.count == known.counts.train else { return false }
            var labelled = SHA256()
            labelled.update(labels)
            return labelled.finish() == digest
        }
    }

    /// A name is one data set.
    package static func == (one: KnownDataset, other: KnownDataset) -> Bool { one.name == other.name }

    /// Whether its files are on this machine.
    package var isAvailable: Bool {
        guard let path = try? place() else { return false }
        return (try? DatasetFormats.standard.dataset(at: path)) != nil
    }

    /// The folder of its files.
    ///
    /// - Throws: `DataError.resourcesMissing` if the program's own files are gone.
    func place() throws(DataError) -> String {
        if let folder { return folder }
        return try ResourceLocator.current.mnistFolder()
    }
}
