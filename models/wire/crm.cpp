#include "models/wire/crm.hpp"

#include "models/wire/json.hpp"

namespace omnisim::models::wire {

void points_notice(std::string& out, const core::Directory& names, const Stamp& stamp,
                   const PointsNotice& notice) {
  Json json(out);
  json.text("specversion", "1.0")
      .text("id", stamp.id)
      .text("source", stamp.source)
      .text("type", notice.type)
      .time("time", stamp.at);
  if (!stamp.correlation.empty()) json.text("correlationid", stamp.correlation);
  if (stamp.sequence != 0) json.number("sequence", static_cast<std::int64_t>(stamp.sequence));
  json.object("data").text("member", notice.member);
  if (!notice.document.empty()) json.text("document", notice.document);
  if (!notice.channel.is_none()) json.text("channel", names.channel(notice.channel).code);
  if (!notice.absorbed.empty()) json.text("absorbed", notice.absorbed);
  if (notice.points > 0) json.number("points", notice.points);
  if (notice.type == "loyalty.earned") json.number("net", notice.net.minor);
  json.end().end();
}

}  // namespace omnisim::models::wire
