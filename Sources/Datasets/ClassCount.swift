import DataFormats

/// The number of classes of a data set.
///
/// A known data set says so itself, and one whose files name the classes. Elsewhere it is one more than the greatest
/// label: a rare class may be absent, but one wrong byte must not make a network of 256 classes, so at least half
/// of the classes must be present.
package enum ClassCount {
    /// A label that can't be one.
    package struct Fault: Error, Equatable {
        /// The place of the label.
        package let label: LabelPlace
        /// The valid labels, in words for the error.
        package let expected: String
        /// The label's value, in words for the error.
        package let found: String

        package init(label: LabelPlace, expected: String, found: String) {
            (self.label, self.expected, self.found) = (label, expected, found)
        }
    }

    /// - Parameters:
    ///   - labels: of all training images.
    ///   - known: the data set, where it is one that goes by a name.
    ///   - named: how many classes the files name; nil where they name none.
    /// - Throws: the label that is too great.
    package static func of(_ labels: [UInt8], known: KnownDataset?, named: Int? = nil) throws(Fault) -> Int {
        let greatest = Int(labels.max() ?? 0)
        func fault(_ label: Int, _ expected: String, _ found: String) -> Fault {
            let index = labels.firstIndex(of: UInt8(label)) ?? 0
            return Fault(label: LabelPlace(.train, index), expected: expected, found: found)
        }
        if let known {
            guard greatest < known.classes else {
                throw fault(greatest, "a label in 0 ... \(known.classes - 1), as \(known.name) has", "\(greatest)")
            }
            return known.classes
        }
        if let named {
            guard greatest < named else {
                throw fault(greatest, "a label in 0 ... \(named - 1), one of the classes that are named", "\(greatest)")
            }
            return named
        }
        guard greatest >= 1 else { throw fault(0, "labels of at least two classes", "only label 0") }
        let distinct = Set(labels).count
        guard greatest + 1 <= 2 * distinct else {
            throw fault(
                greatest, "labels numbered from 0 with few gaps",
                "label \(greatest) among only \(distinct) different labels")
        }
        return greatest + 1
    }

    /// - Throws: the first test label of no class.
    package static func check(test labels: [UInt8], classes: Int, known: KnownDataset?) throws(Fault) {
        guard let index = labels.firstIndex(where: { Int($0) >= classes }) else { return }
        throw Fault(
            label: LabelPlace(.test, index),
            expected: "a label in 0 ... \(classes - 1)\(known == nil ? ", as in the training labels" : "")",
            found: "\(labels[index])")
    }
}
