import Memory
import Networks

/// Why networks can't be averaged.
package enum EnsembleError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    /// Two members with the inputs that they take.
    case inputs(String, Int, String, Int)
    /// Two members with their classes.
    case classes(String, Int, String, Int)
    /// Two members whose classes have other names.
    case classNames(String, String)
    /// Two members that see images in different forms of the ink, where one form is needed.
    case forms(String, String)
    /// A member's images were not distorted in training, and no distortion is given.
    case noAugmentation(String)
    /// A member's weights don't fit its spec.
    case tensor(String, TensorError)
    /// A member does not fit the data set.
    case data(String, TrainingError)
    /// No data set is loaded, which says how large the images are.
    case noDataset
    /// The images or classes of a data set are not those of the members.
    case otherDataset(String)
    /// No weight that a member can have.
    case weight(Double)
    /// All weights are 0.
    case noWeight
    /// Another number of weights than of members.
    case weightCount(expected: Int, found: Int)
    /// A member has no rows to validate with.
    case noValidation(String)
    /// Two members that hold other rows out.
    case otherValidation(String, String)
    /// Together they take more memory than the program allows itself.
    case tooLarge(MemoryRefusal, members: Int)

    package var description: String {
        switch self {
        case .empty: "an ensemble has one network at least"
        case .inputs(let first, let expected, let other, let found):
            "\(first) takes \(expected) inputs and \(other) \(found): networks of an ensemble see the same images"
        case .classes(let first, let expected, let other, let found):
            "\(first) has \(expected) classes and \(other) \(found): networks of an ensemble have the same classes"
        case .classNames(let first, let other):
            "\(first) and \(other) call their classes by other names: networks of an ensemble have the same classes"
        case .forms(let first, let other):
            "\(first) and \(other) see images in different forms (deslant, width), and the height and width of the images "
                + "are not known; expected networks that were saved with them"
        case .noAugmentation(let name):
            "\(name) was trained on images as they are, so that nothing says how to distort them; expected distortions, "
                + "such as rotate=5 shift=1"
        case .tensor(let name, let error): "\(name): \(error)"
        case .data(let name, let error): "\(name): \(error)"
        case .noDataset: "the data set is not loaded yet"
        case .otherDataset(let name):
            "the images or classes of \(name) are not those that these networks were trained on"
        case .weight(let weight): "weight \(weight): expected a number from 0"
        case .noWeight: "all weights are 0; expected one above 0"
        case .weightCount(let expected, let found):
            "\(found) weights; expected \(expected), one for each network"
        case .noValidation(let name):
            "\(name) was trained on all rows (val=0), so that no row can tell what it is worth; expected networks with "
                + "the same validation rows, or weights that you choose"
        case .otherValidation(let first, let other):
            "\(first) and \(other) hold other rows out, so that a row that validates one was trained on by the other; "
                + "expected the same val, split and splitseed, or weights that you choose"
        case .tooLarge(let refusal, let members):
            "\(members == 1 ? "the network takes" : "\(members) networks together take") about \(refusal.amount); expected "
                + refusal.expected
        }
    }
}
