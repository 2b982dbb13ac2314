// Defects of mappings: what a wrong mapping makes of a right event. Each has the shape of Defect::map.
#pragma once

#include "core/canonical/event.hpp"
#include "models/faults/defects.hpp"

namespace omnisim::models::mappings {

Mapped facilitator_tax_as_ours(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped fee_label_renamed(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped settlement_by_order(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped presentment_as_base(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped tax_rounded_by_unit(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped refund_at_current_price(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped till_uploads_twice(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped chargeback_as_refund_too(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped shop_says_paid(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped invoice_names_no_order(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);
Mapped training_posted(core::Event& event, const sim::FaultSpec& spec, const EstateParams& params);

}  // namespace omnisim::models::mappings
