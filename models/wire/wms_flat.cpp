#include "models/wire/wms_flat.hpp"

namespace omnisim::models::wire {
namespace {

class Record {
 public:
  Record(std::string& out, std::string_view name) : out_(out) { out_.append(name); }
  Record& text(std::string_view value) {
    out_.push_back('|');
    out_.append(value);
    return *this;
  }
  Record& number(std::int64_t value) {
    out_.push_back('|');
    integer(out_, value);
    return *this;
  }
  Record& time(core::Time at) {
    out_.push_back('|');
    if (at != core::Time{}) compact_time(out_, at);
    return *this;
  }
  ~Record() { out_.push_back('\n'); }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

 private:
  std::string& out_;
};

void envelope(Record& record, const Stamp& stamp) {
  record.text(stamp.id.view()).text(stamp.source.view()).number(static_cast<std::int64_t>(stamp.sequence));
  record.time(stamp.at).text(stamp.correlation.view()).time(stamp.observed);
}

void order_head(Record& record, const core::Directory& names, const GoodsMovement& m) {
  record.text(m.order.view()).text(names.channel(m.channel).code.view()).text(names.node(m.node).code.view());
}

/// Number, item and quantity; amounts only where the record has them.
void lines(std::string& out, const core::Directory& names, std::span<const core::Line> lines) {
  for (const core::Line& line : lines) {
    Record record(out, "LIN");
    record.number(line.line_no).text(names.item(line.sku).code.view()).number(line.quantity_each);
    const bool damaged = line.condition == core::Condition::damaged;
    if (damaged)
      record.text("").text("").text("").text("").text("damaged");
    else if (!line.cost.is_zero())
      record.number(0).number(0).number(0).number(line.cost.minor);
  }
}

void order_record(std::string& out, std::string_view name, const core::Directory& names, const Stamp& stamp,
                  const GoodsMovement& m, std::string_view extra) {
  {
    Record record(out, name);
    envelope(record, stamp);
    order_head(record, names, m);
    if (!extra.empty()) record.text(extra);
  }
  lines(out, names, m.lines);
}

void return_record(std::string& out, std::string_view name, const core::Directory& names, const Stamp& stamp,
                   const GoodsMovement& m) {
  {
    Record record(out, name);
    envelope(record, stamp);
    record.text(m.reference.view());
    order_head(record, names, m);
  }
  lines(out, names, m.lines);
}

void node_record(std::string& out, std::string_view name, const core::Directory& names, const Stamp& stamp,
                 const GoodsMovement& m) {
  {
    Record record(out, name);
    envelope(record, stamp);
    record.text(names.node(m.node).code.view()).text(m.reference.view());
  }
  lines(out, names, m.lines);
}

void transfer_record(std::string& out, std::string_view name, const core::Directory& names,
                     const Stamp& stamp, const GoodsMovement& m) {
  {
    Record record(out, name);
    envelope(record, stamp);
    record.text(m.reference.view()).text(names.node(m.node).code.view());
    if (!m.to_node.is_none()) record.text(names.node(m.to_node).code.view());
  }
  lines(out, names, m.lines);
}

}  // namespace

void wms_received(std::string& out, const core::Directory& names, const Stamp& stamp,
                  const GoodsMovement& m) {
  node_record(out, "RCV", names, stamp, m);
}
void wms_put_away(std::string& out, const core::Directory& names, const Stamp& stamp,
                  const GoodsMovement& m) {
  node_record(out, "PUT", names, stamp, m);
}
void wms_sent_back(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const GoodsMovement& m) {
  {
    Record record(out, "RTV");
    envelope(record, stamp);
    record.text(m.reference.view()).text(m.order.view()).text(names.node(m.node).code.view());
  }
  lines(out, names, m.lines);
}
void wms_picked(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m) {
  order_record(out, "PIK", names, stamp, m, "");
}
void wms_short(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m) {
  order_record(out, "SHT", names, stamp, m, "short_by");
}
void wms_taken(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m) {
  order_record(out, "SHT", names, stamp, m, "no_variance");
}
void wms_packed(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m) {
  order_record(out, "PAK", names, stamp, m, "");
}
void wms_shipped(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m) {
  order_record(out, "SHP", names, stamp, m, m.reference.view());
}
void wms_ready(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m) {
  Record record(out, "RDY");
  envelope(record, stamp);
  order_head(record, names, m);
}
void wms_collected(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const GoodsMovement& m) {
  order_record(out, "COL", names, stamp, m, "");
}
void wms_return_received(std::string& out, const core::Directory& names, const Stamp& stamp,
                         const GoodsMovement& m) {
  return_record(out, "RTR", names, stamp, m);
}
void wms_return_inspected(std::string& out, const core::Directory& names, const Stamp& stamp,
                          const GoodsMovement& m) {
  return_record(out, "RTI", names, stamp, m);
}
void wms_transfer_shipped(std::string& out, const core::Directory& names, const Stamp& stamp,
                          const GoodsMovement& m) {
  transfer_record(out, "TSH", names, stamp, m);
}
void wms_transfer_received(std::string& out, const core::Directory& names, const Stamp& stamp,
                           const GoodsMovement& m) {
  transfer_record(out, "TRC", names, stamp, m);
}
void wms_counted(std::string& out, const core::Directory& names, const Stamp& stamp, const GoodsMovement& m) {
  node_record(out, "CNT", names, stamp, m);
}

}  // namespace omnisim::models::wire
