import TerminalUI

/// Commands of the keys of Data.
package enum DataCommand: Equatable, Sendable {
    case part, order, reverse, label, filter
    /// Draws other images by chance, or with −1 those before.
    case draw(Int)
    case what, detail, alone
    /// Images as they are fed, or as they are stored.
    case fed
    /// More images at once, smaller ones; or with −1 fewer.
    case more(Int)
}

extension DataScreen {
    package static let context = KeyContext.data

    package static let bindings: [Binding] = [
        Binding(.nextDigit, .data, "others", "draw other images by chance", .data(.draw(1))),
        Binding(.previousDigit, .data, "", "the images of the draw before", .data(.draw(-1))),
        Binding(.rows, .data, "rows", "training rows, rows held out, or test rows", .data(.part)),
        Binding(
            .sort, .data, "sort", "sort: by chance, by index, most unlike its class, duplicates", .data(.order)),
        Binding(.sortReverse, .data, "", "the same order, turned round", .data(.reverse)),
        Binding(.trueClass, .data, "class", "only images of the next class, or of any", .data(.label)),
        Binding(.filter, .data, "filter", "filter: 4, from 500, a class's name, all", .data(.filter)),
        Binding(
            .what, .data, "shown", "images, the mean image of each class, or how much they differ from it",
            .data(.what)),
        Binding(
            .detail, .data, "panel",
            "beside them: counts of classes, the image, values of pixels, mean images, what to know",
            .data(.detail)),
        Binding(
            .asFed, .data, "fed", "images as the network is fed with them; again: as in the next epoch", .data(.fed)),
        Binding(.open, .data, "large", "the image in full size; of a mean the images of its class", .open),
        Binding(.more, .data, "", "more images at once", .data(.more(1))),
        Binding(.less, .data, "", "fewer and larger ones", .data(.more(-1))),
        Binding(.alone, .data, "", "the images alone, or with what is beside them", .data(.alone)),
    ]

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        guard case .data(let command) = command else { return nil }
        guard shared.data.loaded != nil else { return .stillLoading }
        switch command {
        case .fed where shared.fedEpoch == nil: return shared.refusalToFeed(browser.part).map(Message.note)
        case .draw(-1) where browser.draw == 1: return .note("this is the first draw")
        case .more(1) where wanted >= DataScreen.mostWanted: return .note("images can't be smaller here")
        case .more(-1) where wanted <= 1: return .note("this is one image")
        default: return nil
        }
    }

    static let mostWanted = 96
}
